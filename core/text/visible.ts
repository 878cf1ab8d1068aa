/** What takes no place or shows nothing: spaces, controls, joiners, marks of direction, fillers, the empty braille cell. */
const invisible =
  /^[\p{White_Space}\p{Control}\p{Format}\p{Default_Ignorable_Code_Point}\p{Surrogate}\u2800]*$/u

/** Whether a reader sees anything of `text`. */
export const isVisible = (text: string): boolean => !invisible.test(text)
