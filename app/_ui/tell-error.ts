/** An error of the server comes with a mark that is also in its log, an error of the browser with its message. */
export function tellError(error: unknown): { digest: string | null; message: string | null } {
  if (!(error instanceof Error)) return { digest: null, message: null }
  if ('digest' in error && typeof error.digest === 'string') return { digest: error.digest, message: null }
  return { digest: null, message: error.message === '' ? null : error.message }
}
