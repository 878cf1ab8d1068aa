/** `text` on one line of whole characters: breaks and controls become a space, half a surrogate pair is left out. */
export const oneLine = (text: string): string =>
  text
    .replaceAll(/\p{Surrogate}/gu, '')
    .replaceAll(/[\p{Control}\s]+/gu, ' ')
    .trim()
