import type { TrainerExit } from './trainer-end.ts'

export interface ExitClass {
  reason: 'out-of-memory' | 'lost'
  text: string
}

const memoryWords =
  /heap out of memory|Array buffer allocation failed|std::bad_alloc|Cannot allocate memory|WebAssembly\.Memory\(\): could not allocate/i

/**
 * Says why a trainer ended before its command did. A SIGKILL counts as out of memory only with evidence (the system's
 * out-of-memory killer was at work): anyone can send one, and a lost trainer is worth a second try.
 */
export const classifyExit = (exit: TrainerExit, residentBytes: number | null): ExitClass => {
  const size = residentBytes === null ? '' : ` It held ${megabytes(residentBytes)} when last looked at.`
  if (exit.signal === 'SIGKILL' && exit.memoryKill) {
    return {
      reason: 'out-of-memory',
      text: `The system ended the trainer because the machine ran out of memory.${size}`,
    }
  }
  if (memoryWords.test(exit.tail)) {
    return { reason: 'out-of-memory', text: withTail(`The trainer ran out of memory.${size}`, exit.tail) }
  }
  if (exit.signal !== null) {
    return { reason: 'lost', text: withTail(`The trainer was ended by ${exit.signal}.${size}`, exit.tail) }
  }
  if (exit.code === 0) {
    return { reason: 'lost', text: withTail('The trainer ended without a result.', exit.tail) }
  }
  return { reason: 'lost', text: withTail(`The trainer ended with exit code ${exit.code}.`, exit.tail) }
}

/** Appends the last of what the trainer printed, when there is any. */
export const withTail = (text: string, tail: string): string => {
  const trimmed = tail.trim()
  return trimmed === '' ? text : `${text} It last printed:\n${trimmed}`
}

/** Bytes as text, in units of 1,000,000 bytes. */
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`
