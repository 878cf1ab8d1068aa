/** An error of an API call; without `data` no answer came, so the call may have arrived or not. */
interface CallError {
  message: string
  data?: unknown
}

export const isUnanswered = ({ data }: CallError): boolean => data == null

/** What is said of a change that failed. @param what "The run was not cancelled" */
export function failureText(what: string, error: CallError): string {
  return isUnanswered(error)
    ? 'The server did not answer, so this may have been done or not. Look again when it runs.'
    : `${what}: ${error.message}`
}
