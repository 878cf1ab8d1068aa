import type { EngineName } from '../contracts/protocol.ts'

export interface EnginePromise {
  /** As a sentence begins. */
  engine: string
  /** Where it gives the same bits, as a sentence goes on; null: on any machine. */
  only: string | null
}

const promises: Record<EngineName, EnginePromise> = {
  wasm: { engine: 'The portable engine', only: null },
  native: { engine: 'The native engine', only: 'on the same machine with the same number of threads' },
  cpu: { engine: 'The cpu engine', only: 'with the same version of Node' },
}

/** Where a training that is repeated on this engine gives the same bits (docs/engines.md). */
export const enginePromise = (name: EngineName): EnginePromise => promises[name]
