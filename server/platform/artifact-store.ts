import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DomainError } from './domain-error.ts'
import { createFileChecks, damagedFault, readFault, type FileChecks } from './file-checks.ts'
import { hashOfFile, sha256 } from './hash.ts'
import { syncFolder } from './sync-folder.ts'
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
  /** The bytes that were stored. Throws what `fault` answers. */
  read(file: StoredFile): Buffer
  /**
   * Why the bytes that were stored cannot be had, or null: `not-found` is gone, `damaged` has another SHA-256,
   * `unavailable` cannot be read now. Hashed once, and again when the file has changed.
   */
  fault(file: StoredFile): DomainError | null
  /** Absolute path of a file that has no fault. Throws what `fault` answers. */
  locate(file: StoredFile): string
  checks: FileChecks
}

const mend =
  'Put it back from a copy, or train its run again on the page of the run. “stillhouse verify” with --all finds every such file of an experiment.'

/** @param onFault told of each file that cannot be read as it was stored, when that is found */
export function createArtifactStore(
  folder: StateFolder,
  onFault: (fault: DomainError) => void = () => undefined,
): ArtifactStore {
  const checks = createFileChecks(onFault)
  const keyOf = (file: StoredFile): string => `${file.path} ${file.sha256}`
  const faultIn = (file: StoredFile, read: (absolute: string) => string): DomainError | null => {
    try {
      return read(folder.resolve(file.path)) === file.sha256
        ? null
        : damagedFault(`The file ${file.path}`, mend)
    } catch (error) {
      return readFault(error, file.path, mend)
    }
  }
  const fault = (file: StoredFile): DomainError | null =>
    checks.faultOf(keyOf(file), [folder.resolve(file.path)], () => faultIn(file, hashOfFile))

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
      // Somebody may have left a folder in the place of the file, which no file replaces.
      if (fs.statSync(target, { throwIfNoEntry: false })?.isDirectory() === true)
        fs.rmSync(target, { recursive: true })
      fs.renameSync(source, target)
      // The folders on the way may be new as well.
      for (let at = path.dirname(target); at.startsWith(folder.artifacts); at = path.dirname(at))
        syncFolder(at)
      return stored
    },
    read: (file) => {
      let bytes = Buffer.alloc(0)
      const found = checks.faultInReading(keyOf(file), [folder.resolve(file.path)], () =>
        faultIn(file, (absolute) => {
          bytes = fs.readFileSync(absolute)
          return sha256(bytes)
        }),
      )
      if (found !== null) throw found
      return bytes
    },
    fault,
    locate: (file) => {
      const found = fault(file)
      if (found !== null) throw found
      return folder.resolve(file.path)
    },
    checks,
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
