/** A command ends without success; its message is the one line that says why. */
export class CommandError extends Error {
  override name = 'CommandError'
}
