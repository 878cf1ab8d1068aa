import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DomainError } from './domain-error.ts'
import type { StateFolder } from './state-folder.ts'

export interface StoredFile {
  /** Relative to the state folder. */
  path: string
  sizeBytes: number
  sha256: string
}

export interface ArtifactStore {
  /** Checks size and SHA-256 of a finished file in the scratch folder and moves it in. Doing it twice is harmless. */
  adopt(
    runId: string,
    file: { name: string; path: string; sizeBytes: number; sha256: string },
  ): Promise<StoredFile>
  read(relative: string): Buffer
  /** Absolute path; throws DomainError not-found when the file is gone. */
  locate(relative: string): string
}

export function createArtifactStore(folder: StateFolder): ArtifactStore {
  const locate = (relative: string): string => {
    const absolute = folder.resolve(relative)
    if (!fs.existsSync(absolute)) {
      throw new DomainError('not-found', `The file ${relative} is no longer in the state folder.`)
    }
    return absolute
  }

  return {
    adopt: async (runId, file) => {
      const target = path.join(folder.artifacts, runId, ...file.name.split('/'))
      const source = path.resolve(file.path)
      const stored = { path: folder.relative(target), sizeBytes: file.sizeBytes, sha256: file.sha256 }
      if (!fs.existsSync(source) && fs.existsSync(target)) {
        await verify(target, file)
        return stored
      }
      // Where it really lies: a link may lead out.
      const real = fs.existsSync(source) ? fs.realpathSync(source) : source
      if (!real.startsWith(fs.realpathSync(folder.scratch) + path.sep)) {
        throw new DomainError('bad-input', `The artifact ${file.name} does not lie in the scratch folder.`)
      }
      await verify(source, file)
      fs.mkdirSync(path.dirname(target), { recursive: true })
      fs.renameSync(source, target)
      syncFolder(path.dirname(target))
      return stored
    },
    read: (relative) => fs.readFileSync(locate(relative)),
    locate,
  }
}

async function verify(
  file: string,
  expected: { name: string; sizeBytes: number; sha256: string },
): Promise<void> {
  const size = fs.statSync(file).size
  const hash = createHash('sha256')
  await pipeline(fs.createReadStream(file), hash)
  if (size !== expected.sizeBytes || hash.digest('hex') !== expected.sha256) {
    throw new DomainError(
      'bad-input',
      `The artifact ${expected.name} is not what its worker reported (size or SHA-256).`,
    )
  }
}

/** Makes a rename survive a power cut. */
function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}
