import { DatabaseBusyError, isBusy } from '../../db/open-database.ts'
import { diskFullText, isDiskFull } from '../platform/disk.ts'
import type { Context } from './context.ts'

/**
 * What keeps the server from storing something for now, and what to do about it, in words; null for any other error.
 * What failed for such a reason can be tried again as it was: nothing of it is stored.
 */
export function whyHeld({ folder }: Pick<Context, 'folder'>, error: unknown): string | null {
  if (isDiskFull(error)) return diskFullText(folder.root)
  if (error instanceof DatabaseBusyError) return error.message
  return isBusy(error) ? 'Another process has locked the database. What waits goes on by itself.' : null
}
