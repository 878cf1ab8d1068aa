/** A piece of a formula: plain text, a name that is set upright, or a distribution at a temperature. */
export type LossPart =
  | { kind: 'text' | 'name'; text: string }
  | { kind: 'tempered'; of: 'p' | 'q'; temperature: number }

/** The loss of all examples of a batch, or of those with and without labels. q: the teacher, p: the student. */
export interface LossLine {
  examples: 'all' | 'labelled' | 'unlabelled'
  parts: readonly LossPart[]
}

export const text = (content: string): LossPart => ({ kind: 'text', text: content })
export const name = (content: string): LossPart => ({ kind: 'name', text: content })

/** CE(target, p). y: the labels, K: the number of classes. */
export const crossEntropyParts = (target: string): LossPart[] => [name('CE'), text(`(${target}, p)`)]

/** weight · T² · KL(q^T ‖ p^T) */
export const softTargetParts = (weight: number, temperature: number): LossPart[] => [
  text(`${weight} · ${temperature}² · `),
  name('KL'),
  text('('),
  { kind: 'tempered', of: 'q', temperature },
  text(' ‖ '),
  { kind: 'tempered', of: 'p', temperature },
  text(')'),
]

/** hardLabelWeight · CE(y, p) + softTargetWeight · T² · KL(q^T ‖ p^T) */
export const labelledSoftTargetParts = (settings: {
  temperature: number
  hardLabelWeight: number
  softTargetWeight: number
}): LossPart[] => [
  text(`${settings.hardLabelWeight} · `),
  ...crossEntropyParts('y'),
  text(' + '),
  ...softTargetParts(settings.softTargetWeight, settings.temperature),
]

/** A loss with its numbers, as one line of text. */
export function formulaText(lines: readonly LossLine[]): string {
  return lines
    .map(({ examples, parts }) => `${examples === 'all' ? '' : `${examples}: `}${parts.map(plain).join('')}`)
    .join('; ')
}

function plain(part: LossPart): string {
  return part.kind === 'tempered' ? `${part.of}^(1/${part.temperature})` : part.text
}
