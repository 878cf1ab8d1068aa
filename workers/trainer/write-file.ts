import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ArtifactReport } from '../../core/contracts/work-report.ts'

/** Writes all of a file or nothing: temporary file, fsync, rename. Rejects with the system's error (ENOSPC and so on). */
export async function writeFileSafely(path: string, parts: readonly Uint8Array[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.tmp`
  try {
    const file = await open(temporary, 'w')
    try {
      for (const part of parts) await file.writeFile(part)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Writes an artifact of a run below `scratch` and says what stands there. */
export async function writeArtifact(
  scratch: string,
  name: string,
  bytes: Uint8Array,
): Promise<ArtifactReport> {
  const path = join(scratch, name)
  await writeFileSafely(path, [bytes])
  return { name, path, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}
