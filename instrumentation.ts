import type { Instrumentation } from 'next'
import { services } from './app/_server/services.ts'

/** The number that an error page shows stands in the server's log beside what went wrong. */
export const onRequestError: Instrumentation.onRequestError = (error, { path }) => {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : null
  services().pageFailed(error, { path, digest: typeof digest === 'string' ? digest : null })
}
