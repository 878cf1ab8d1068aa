import { smallDraft } from './server.ts'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'

/** Hours of training: what is cancelled or looked at while it runs cannot have ended by itself. */
export function endless(): Partial<ExperimentDraftInput> {
  const { teacher, student } = smallDraft()
  return {
    teacher: { ...teacher, training: { ...teacher.training, steps: 9_000_000 } },
    student: { ...student, training: { ...student.training, steps: 9_000_000 } },
    methods: [{ name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }],
  }
}
