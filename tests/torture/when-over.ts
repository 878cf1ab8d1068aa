/**
 * Makes sure that `work` is done once: by the caller, or else when this process ends before that. It must not be
 * asynchronous.
 */
export function whenOver(work: () => void): () => void {
  const once = (): void => {
    process.removeListener('exit', once)
    work()
  }
  process.once('exit', once)
  return once
}
