import fs from 'node:fs'
import { DomainError } from './domain-error.ts'
import { createRecent } from './recent.ts'

/** What is known of files on disk, remembered while they stay as they are. */
export interface FileChecks {
  /**
   * What `ask` finds wrong with these files (absolute), or null; asked again only when one of them has changed.
   * A failure that may pass by itself (code `unavailable`) is not remembered.
   * @param key what is asked of them
   */
  faultOf(key: string, files: readonly string[], ask: () => DomainError | null): DomainError | null
  /** As `faultOf`, asked unless a fault is known: for who has to read the files anyway. */
  faultInReading(key: string, files: readonly string[], ask: () => DomainError | null): DomainError | null
  /** How many failures may pass by themselves: who sees one more meanwhile remembers nothing that followed from it. */
  failures(): number
}

const mostFiles = 20_000

/** @param onFault told of each fault when it is found, not when it is remembered */
export function createFileChecks(onFault: (fault: DomainError) => void): FileChecks {
  const known = createRecent<string, { stamp: string; fault: DomainError | null }>(mostFiles)
  let failures = 0
  const askAnew: FileChecks['faultOf'] = (key, files, ask) => {
    // Before the files are read: what changes meanwhile is asked again.
    const stamp = stampOf(files)
    const fault = ask()
    if (fault !== null) onFault(fault)
    if (fault?.code === 'unavailable') {
      failures += 1
      known.delete(key)
    } else known.set(key, { stamp, fault })
    return fault
  }
  const lastOf = (key: string, files: readonly string[]): { fault: DomainError | null } | null => {
    const last = known.get(key)
    return last !== undefined && last.stamp === stampOf(files) ? last : null
  }
  return {
    faultOf: (key, files, ask) => {
      const last = lastOf(key, files)
      return last === null ? askAnew(key, files, ask) : last.fault
    },
    faultInReading: (key, files, ask) => lastOf(key, files)?.fault ?? askAnew(key, files, ask),
    failures: () => failures,
  }
}

/** Changes with every write, and with what stands in a file's place. */
function stampOf(files: readonly string[]): string {
  return files
    .map((file) => {
      try {
        const { size, ino, mtimeNs, ctimeNs } = fs.statSync(file, { bigint: true })
        return `${size} ${ino} ${mtimeNs} ${ctimeNs}`
      } catch (error) {
        return codeOf(error)
      }
    })
    .join('\n')
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'

/**
 * Why a stored file could not be read, in words.
 * @param file as people find it, relative to the state folder
 * @param mend what to do where it is gone or damaged
 */
export function readFault(error: unknown, file: string, mend: string): DomainError {
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new DomainError('not-found', `The file ${file} is no longer in the state folder. ${mend}`, {
      cause: error,
    })
  if (code === 'EISDIR') return damagedFault(`The file ${file}`, mend)
  return new DomainError(
    'unavailable',
    `The file ${file} cannot be read now (${code}). It is tried again when it is next needed; where that stays so, look after its permissions and its disk.`,
    { cause: error },
  )
}

/** What is not, byte for byte, what was stored. */
export const damagedFault = (what: string, mend: string): DomainError =>
  new DomainError('damaged', `${what} is damaged: it is not what was stored. ${mend}`)
