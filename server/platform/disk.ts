import fs from 'node:fs'

/** Below this nothing new is begun: what runs still has to store its checkpoints and results. */
const roomToWork = 32 * 1024 * 1024

/** SQLite reports a full quota as a failed write, and a shared memory file that cannot grow by a code of its own. */
const fullCodes = ['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT']

/** Whether something failed because the disk is full. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && fullCodes.some((code) => code === error.code)

/** Whether the disk of a folder has room for another training. */
export function hasRoom(folder: string): boolean {
  const { bavail, bsize } = fs.statfsSync(folder)
  return bavail * bsize >= roomToWork
}

/** What to do about a full disk, in words. */
export const diskFullText = (folder: string): string =>
  `The disk of the state folder ${folder} is (almost) full. Free some space: what runs waits, and everything goes on by itself.`
