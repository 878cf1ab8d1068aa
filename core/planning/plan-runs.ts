import type { Protocol } from '../contracts/protocol.ts'
import type { PlannedRun, RunSpec } from '../contracts/run.ts'
import { cardOf } from '../methods/registry.ts'

/** The teacher's run of a protocol. Equal protocols, and protocols that differ in their students only, give equal specs. */
export function teacherSpec(protocol: Protocol): RunSpec {
  return {
    schemaVersion: 1,
    armId: 'teacher',
    method: null,
    seed: protocol.teacher.seed,
    network: protocol.teacher.network,
    training: protocol.teacher.training,
    data: specData(protocol),
    labels: null,
    teacherSpecHash: null,
    engine: protocol.engine,
  }
}

/**
 * Every run of a protocol, of all its looks, in the order in which it should start: the teacher, then seed by seed the arms in protocol
 * order, those that need no teacher first.
 * @param teacherSpecHash SHA-256 of the canonical bytes of `teacherSpec(protocol)`.
 */
export function planRuns(protocol: Protocol, teacherSpecHash: string): PlannedRun[] {
  const students = protocol.seeds.flatMap((seed) =>
    protocol.arms.map((arm): PlannedRun => {
      const needsTeacher = cardOf(arm.method.name).needs.teacher !== 'none'
      return {
        armId: arm.id,
        role: arm.role,
        seed,
        needsTeacher,
        spec: {
          schemaVersion: 1,
          armId: arm.id,
          method: arm.method,
          seed,
          network: protocol.student.network,
          training: protocol.student.training,
          data: specData(protocol),
          labels: protocol.labels,
          teacherSpecHash: needsTeacher ? teacherSpecHash : null,
          engine: protocol.engine,
        },
      }
    }),
  )
  const teacher: PlannedRun = {
    armId: 'teacher',
    role: 'teacher',
    seed: protocol.teacher.seed,
    spec: teacherSpec(protocol),
    needsTeacher: false,
  }
  return [
    teacher,
    ...students.filter((run) => !run.needsTeacher),
    ...students.filter((run) => run.needsTeacher),
  ]
}

function specData(protocol: Protocol): RunSpec['data'] {
  const { hash, classes, inputSize } = protocol.data
  return { hash, classes, inputSize }
}
