import fs from 'node:fs'

/** Makes what was created in a folder, or renamed into it, survive a power cut. */
export function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}
