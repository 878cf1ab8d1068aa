/**
 * Makes sure that `work` is done once: by the caller, or else when this process ends before that. It must not be
 * asynchronous.
 */
export function whenOver(work: () => void): () => void {
  const once = (): void => {
    process.removeListener('exit', once)
    work()
  }
  // What came last goes first: processes before the folder that they write to.
  process.prependOnceListener('exit', once)
  return once
}
