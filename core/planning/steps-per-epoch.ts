import type { Protocol } from '../contracts/protocol.ts'
import { batchShape } from './batch-shape.ts'

/** Gradient steps in one pass over the labelled examples of an arm, or of the teacher (`teacher`). */
export function stepsPerEpoch(protocol: Protocol, armId: string): number {
  const { teacher, student, data, labels } = protocol
  const [training, labelled] =
    armId === 'teacher' ? [teacher.training, data.train] : [student.training, labels.perSeed]
  const method = protocol.arms.find((arm) => arm.id === armId)?.method ?? null
  return labelled / batchShape(method, training.batchSize, labelled).labelled
}
