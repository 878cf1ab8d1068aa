/** About how wide 12 px text of the system's face is, in pixels. */
export function textWidth(text: string): number {
  return text.length * 6.2
}

/** A name with what may stand for it where there is little room, ever shorter. */
export interface Named {
  label: string
  shorter: readonly string[]
}

/** The longest of the names that fits into `room` pixels at 12 px; the shortest cut with an ellipsis where none does. */
export function fitName({ label, shorter }: Named, room: number): string {
  const names = [label, ...shorter]
  const fitting = names.find((name) => textWidth(name) <= room)
  if (fitting !== undefined) return fitting
  const letters = Math.max(3, Math.floor(room / textWidth('x')) - 1)
  return `${(names.at(-1) ?? label).slice(0, letters).trimEnd()}…`
}
