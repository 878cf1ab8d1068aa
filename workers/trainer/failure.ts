export type FailureReason = 'bad-input' | 'out-of-memory' | 'disk-full' | 'error'

/** A command that cannot be done; its text says what happened and what to do. */
export class TrainerFailure extends Error {
  readonly reason: FailureReason
  constructor(reason: FailureReason, text: string, options?: ErrorOptions) {
    super(text, options)
    this.name = 'TrainerFailure'
    this.reason = reason
  }
}

/** Thrown inside a command when `cancel` was asked for. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled')
    this.name = 'Cancelled'
  }
}

/** Thrown when loss or weights stop being finite. */
export class Diverged extends Error {
  readonly step: number
  constructor(step: number, text: string) {
    super(text)
    this.name = 'Diverged'
    this.step = step
  }
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '')

/** What wasm and V8 say when memory cannot grow. */
const memoryPattern =
  /allocation failed|out of memory|cannot enlarge memory|invalid (typed )?array length|OOM/i

export function classifyFailure(error: unknown): { reason: FailureReason; text: string } {
  if (error instanceof TrainerFailure) return { reason: error.reason, text: error.message }
  if (!(error instanceof Error)) return { reason: 'error', text: `The training failed: ${String(error)}` }
  if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT')
    return {
      reason: 'disk-full',
      text: `The disk is full: ${error.message}. Free some space: the run then goes on from its last checkpoint.`,
    }
  if (
    (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) &&
    memoryPattern.test(error.message)
  )
    return {
      reason: 'out-of-memory',
      text: `Not enough memory for this training (${error.message}). Use a smaller network or batch.`,
    }
  return { reason: 'error', text: `The training failed: ${error.message}` }
}
