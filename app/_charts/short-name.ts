const shorter: readonly (readonly [RegExp, string])[] = [
  [/^Soft targets/, 'Soft'],
  [/^Hard labels/, 'Hard'],
  [/^Label smoothing/, 'Smoothing'],
  [/ \+ unlabelled/, ' + unlab.'],
  [/, label weight /, ', labels '],
  [/, weight /, ', w '],
  [/ % unlabelled/, ' %'],
]

/** About how wide 12 px text of the system's face is, in pixels. */
export function textWidth(text: string): number {
  return text.length * 6.2
}

/** A name that fits into `room` pixels at 12 px: as it is, with its words shortened, or cut with an ellipsis. */
export function fitName(name: string, room: number): string {
  if (textWidth(name) <= room) return name
  const short = shorter.reduce((text, [long, replacement]) => text.replace(long, replacement), name)
  if (textWidth(short) <= room) return short
  // The mark and the colour still tell the method; the settings are what differs.
  const settings = short.replace(/^Soft, (?=T )/, '')
  if (textWidth(settings) <= room) return settings
  const letters = Math.max(3, Math.floor(room / textWidth('x')) - 1)
  return `${settings.slice(0, letters).trimEnd()}…`
}
