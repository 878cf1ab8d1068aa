/** `damaged`: a stored file is not what was stored. `unavailable`: it may go better the next time. */
export type DomainErrorCode = 'not-found' | 'bad-input' | 'conflict' | 'unavailable' | 'damaged'

/** An error that a person or a client can act on. Mapped once per transport; the cause is kept. */
export class DomainError extends Error {
  override name = 'DomainError'

  constructor(
    readonly code: DomainErrorCode,
    message: string,
    options?: ErrorOptions & { problems?: { path: string; message: string }[]; experimentId?: string },
  ) {
    super(message, options)
    this.problems = options?.problems ?? []
    this.experimentId = options?.experimentId ?? null
  }

  /** Field by field, where the input was at fault. */
  readonly problems: { path: string; message: string }[]
  /** The experiment that stands in the way. */
  readonly experimentId: string | null
}

/** What `read` gives, or null where a DomainError stands in its way. */
export function readOrNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}
