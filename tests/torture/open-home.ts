import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { whenOver } from './when-over.ts'

const smallDisk = '192m'

/** A state folder; on a disk of its own where that is wanted and this machine allows it. */
export function openHome(wantsSmall: boolean): { home: string; small: boolean; remove: () => void } {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'stillhouse-torture-'))
  const dropFolder = (): void =>
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  if (!wantsSmall) return { home, small: false, remove: whenOver(dropFolder) }
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDisk}`, 'tmpfs', home], { stdio: 'ignore' })
  } catch {
    return { home, small: false, remove: whenOver(dropFolder) }
  }
  return {
    home,
    small: true,
    remove: whenOver(() => {
      execFileSync('umount', ['-l', home])
      dropFolder()
    }),
  }
}
