import { failureText } from '../api/failure-text.ts'

/** How an answer other than success is told; `already`: the seeds are there, so the page only has to catch up. */
export interface ExtendRefusal {
  already: boolean
  text: string
}

/** The seeds are offered only while they can be added: a conflict says that somebody else was first. */
export function extendRefusal(error: {
  message: string
  data?: { code?: string } | null | undefined
}): ExtendRefusal {
  return error.data?.code === 'CONFLICT'
    ? { already: true, text: 'The seeds were added already.' }
    : { already: false, text: failureText('No seeds were added', error) }
}
