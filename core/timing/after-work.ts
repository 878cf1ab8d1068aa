import type { EngineName, Protocol } from '../contracts/protocol.ts'
import { networkOutline } from '../networks/registry.ts'
import { cardOf } from '../methods/registry.ts'
import { addWork, type Work } from './costs.ts'
import { predictWork, profileWork } from './run-work.ts'

/** Work of which all is done, whatever comes out. */
export interface JobWork {
  work: Work
  shape: string
  engine: EngineName
}

/** The latency job of a protocol: its two architectures. */
export function latencyWork({ data, teacher, student, engine }: Protocol): JobWork {
  const networks = [teacher.network, student.network]
  return {
    work: profileWork(networks, data),
    shape: `latency ${networks.map((network) => networkOutline(network, data)).join(' ')}`,
    engine: engine.name,
  }
}

/** Runs that may have ended before their teacher are compared with it afterwards. */
export function fidelityWork({ data, labels, student, arms, engine }: Protocol, seeds: number): JobWork {
  const early = arms.filter(({ method }) => cardOf(method.name).needs.teacher === 'none').length * seeds
  return {
    work: addWork(
      { run: 0.3 },
      predictWork(student.network, data, early * (Math.min(labels.perSeed, data.train) + data.test)),
    ),
    shape: 'fidelity',
    engine: engine.name,
  }
}
