/** A command ends without success; its message is what standard error says. */
export class CommandError extends Error {
  override name = 'CommandError'
  readonly exitCode: number

  /** @param exitCode 2 where the fault is in what the command was given. */
  constructor(message: string, { exitCode = 1, cause }: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause })
    this.exitCode = exitCode
  }
}
