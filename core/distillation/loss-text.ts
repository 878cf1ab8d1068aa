import type { Method } from '../contracts/arm.ts'

/** The loss of an arm with its numbers, as one line of text. q: the teacher, p: the student, y: the labels. */
export function lossText(method: Method | null): string {
  if (method === null) return 'CE(y, p)'
  switch (method.name) {
    case 'scratch':
      return 'CE(y, p)'
    case 'label-smoothing':
      return `CE((1 − ${method.smoothing}) · y + ${method.smoothing} ∕ K, p)`
    case 'soft-targets':
      return softTargetLoss(method)
    case 'soft-targets-unlabelled':
      return `labelled: ${softTargetLoss(method)}; unlabelled: ${softTerm(method)}`
    case 'hard-labels-unlabelled':
      return `labelled: ${softTargetLoss(method)}; unlabelled: ${method.softTargetWeight} · CE(argmax q, p)`
  }
}

type SoftSettings = { temperature: number; hardLabelWeight: number; softTargetWeight: number }

function softTerm({ temperature, softTargetWeight }: SoftSettings): string {
  return `${softTargetWeight} · ${temperature}² · KL(q^(1/${temperature}) ‖ p^(1/${temperature}))`
}

function softTargetLoss(settings: SoftSettings): string {
  return `${settings.hardLabelWeight} · CE(y, p) + ${softTerm(settings)}`
}
