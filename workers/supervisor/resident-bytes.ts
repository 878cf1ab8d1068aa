import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Resident size of a process, in bytes; null when it is gone. */
export const residentBytes = async (pid: number): Promise<number | null> => {
  try {
    if (process.platform === 'linux') return await residentFromStatus(pid)
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
    const kilobytes = Number.parseInt(stdout, 10)
    return Number.isNaN(kilobytes) ? null : kilobytes * 1024
  } catch {
    return null
  }
}

// statm counts in pages, whose size is not 4,096 bytes on every arm64 machine; status counts in kB.
const residentFromStatus = async (pid: number): Promise<number | null> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) * 1024
}
