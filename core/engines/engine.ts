/** What trainings compute on; workers/trainer/engine opens it. */
export interface EngineCard<Name extends string = string> {
  /** In protocols. */
  name: Name
  /** "Portable" */
  label: string
  /** Of the protocol's page. */
  description: string
  /** Where a training that is repeated on it gives the same bits (docs/engines.md). */
  promise: {
    /** As a sentence begins. */
    engine: string
    /** As a sentence goes on; null: on any machine. */
    only: string | null
    /** Of the protocol's page, a sentence. */
    repeats: string
  }
  /** Its bits belong to one machine: a repetition on another says little. */
  tiedToMachine: boolean
}
