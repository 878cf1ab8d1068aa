import type { Method } from '../../core/contracts/arm.ts'

const soft = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }

/** Every loss of the catalogue, with more than one temperature and weight; null is the teacher's own. */
export const everyMethod: readonly (Method | null)[] = [
  null,
  { name: 'scratch' },
  { name: 'label-smoothing', smoothing: 0.1 },
  { name: 'label-smoothing', smoothing: 0.5 },
  { name: 'soft-targets', ...soft },
  { name: 'soft-targets', temperature: 1, hardLabelWeight: 0, softTargetWeight: 1 },
  { name: 'soft-targets', temperature: 20, hardLabelWeight: 0.5, softTargetWeight: 0.5 },
  { name: 'soft-targets-unlabelled', ...soft, unlabelledShare: 0.5 },
  {
    name: 'soft-targets-unlabelled',
    temperature: 2,
    hardLabelWeight: 1,
    softTargetWeight: 3,
    unlabelledShare: 0.8,
  },
  { name: 'hard-labels-unlabelled', ...soft, unlabelledShare: 0.5 },
]

export const methodTitle = (method: Method | null): string =>
  method === null ? 'teacher' : Object.values(method).map(String).join(' ')
