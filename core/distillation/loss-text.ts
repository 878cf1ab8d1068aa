import type { Method } from '../contracts/arm.ts'

/** A piece of a formula: plain text, a name that is set upright, or a distribution at a temperature. */
export type LossPart =
  | { kind: 'text' | 'name'; text: string }
  | { kind: 'tempered'; of: 'p' | 'q'; temperature: number }

/** The loss of all examples of a batch, or of those with and without labels. */
export interface LossLine {
  examples: 'all' | 'labelled' | 'unlabelled'
  parts: LossPart[]
}

/** The loss of an arm with its numbers. q: the teacher, p: the student, y: the labels, K: the number of classes. */
export function lossLines(method: Method | null): LossLine[] {
  if (method === null) return [{ examples: 'all', parts: crossEntropy('y') }]
  switch (method.name) {
    case 'scratch':
      return [{ examples: 'all', parts: crossEntropy('y') }]
    case 'label-smoothing':
      return [
        {
          examples: 'all',
          parts: crossEntropy(`(1 − ${method.smoothing}) · y + ${method.smoothing} ∕ K`),
        },
      ]
    case 'soft-targets':
      return [{ examples: 'all', parts: softTargetLoss(method) }]
    case 'soft-targets-unlabelled':
      return [
        { examples: 'labelled', parts: softTargetLoss(method) },
        { examples: 'unlabelled', parts: softTerm(method) },
      ]
    case 'hard-labels-unlabelled':
      return [
        { examples: 'labelled', parts: softTargetLoss(method) },
        {
          examples: 'unlabelled',
          parts: [
            text(`${method.softTargetWeight} · `),
            name('CE'),
            text('('),
            name('argmax'),
            text(' q, p)'),
          ],
        },
      ]
  }
}

/** The loss of an arm with its numbers, as one line of text. */
export function lossText(method: Method | null): string {
  return lossLines(method)
    .map(({ examples, parts }) => `${examples === 'all' ? '' : `${examples}: `}${parts.map(plain).join('')}`)
    .join('; ')
}

type SoftSettings = { temperature: number; hardLabelWeight: number; softTargetWeight: number }

function softTargetLoss(settings: SoftSettings): LossPart[] {
  return [text(`${settings.hardLabelWeight} · `), ...crossEntropy('y'), text(' + '), ...softTerm(settings)]
}

function softTerm({ temperature, softTargetWeight }: SoftSettings): LossPart[] {
  return [
    text(`${softTargetWeight} · ${temperature}² · `),
    name('KL'),
    text('('),
    { kind: 'tempered', of: 'q', temperature },
    text(' ‖ '),
    { kind: 'tempered', of: 'p', temperature },
    text(')'),
  ]
}

function crossEntropy(target: string): LossPart[] {
  return [name('CE'), text(`(${target}, p)`)]
}

function text(content: string): LossPart {
  return { kind: 'text', text: content }
}

function name(content: string): LossPart {
  return { kind: 'name', text: content }
}

function plain(part: LossPart): string {
  return part.kind === 'tempered' ? `${part.of}^(1/${part.temperature})` : part.text
}
