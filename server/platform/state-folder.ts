import fs from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { StartError } from './start-error.ts'

/** All state is below one folder. */
export interface StateFolder {
  root: string
  database: string
  artifacts: string
  datasets: string
  scratch: string
  logs: string
  /** Absolute path of a path that is stored relative to the folder. */
  resolve(relative: string): string
  relative(absolute: string): string
}

/** The state folder cannot be used; the message says why and what to do. */
export class StateFolderError extends StartError {
  override name = 'StateFolderError'
}

/** Another process works in the state folder. */
export class FolderTakenError extends StateFolderError {
  override name = 'FolderTakenError'

  constructor(
    message: string,
    /** Where that process listens, if it said so. */
    readonly url: string | null,
  ) {
    super(message)
  }
}

export function stateFolder(root: string): StateFolder {
  return {
    root,
    database: path.join(root, 'stillhouse.db'),
    artifacts: path.join(root, 'artifacts'),
    datasets: path.join(root, 'datasets'),
    scratch: path.join(root, 'scratch'),
    logs: path.join(root, 'logs'),
    resolve: (relative) => path.join(root, relative),
    relative: (absolute) => path.relative(root, absolute).split(path.sep).join('/'),
  }
}

/** Makes the folder with its parts and proves that it can be written. Throws StateFolderError. */
export function prepareStateFolder(folder: StateFolder): void {
  try {
    for (const part of [folder.root, folder.artifacts, folder.datasets, folder.scratch, folder.logs]) {
      makeFolder(part)
    }
    const probe = path.join(folder.root, '.write-probe')
    fs.writeFileSync(probe, 'x')
    fs.rmSync(probe, { force: true })
  } catch (error) {
    throw new StateFolderError(explain(folder.root, error), { cause: error })
  }
}

/** As `mkdir -p`. Node's own recursive way says ENOENT where the disk is read-only. */
function makeFolder(folder: string): void {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder))
  try {
    fs.mkdirSync(folder)
  } catch (error) {
    // Another process may have made it in between.
    if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error
  }
}

function explain(root: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const elsewhere = 'or set STILLHOUSE_HOME to another folder'
  switch (code) {
    case 'ENOSPC':
      return `The disk of the state folder ${root} is full. Free some space, ${elsewhere}.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The state folder ${root} cannot be written. Change its permissions, ${elsewhere}.`
    case 'ENOTDIR':
    case 'EEXIST':
      return `${root} is not a folder. Move that file, ${elsewhere}.`
    default:
      return `The state folder ${root} cannot be used: ${String(error)}. Mend it, ${elsewhere}.`
  }
}

export interface FolderLock {
  release(): void
}

/**
 * Takes the state folder for this process: an exclusive SQLite transaction on a file of its own, which the operating
 * system ends with the process however it dies. Throws StateFolderError when another process holds it.
 */
export function lockStateFolder(folder: StateFolder): FolderLock {
  const lock = new Sqlite(path.join(folder.root, 'server.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      const url = readAddress(folder)
      throw new FolderTakenError(
        `Another Stillhouse already works in ${folder.root}. Use that one${url === null ? '' : ` (${url})`}, stop it, or set STILLHOUSE_HOME to another folder.`,
        url,
      )
    }
    throw new StateFolderError(explain(folder.root, error), { cause: error })
  }
  // What an earlier server noted there is no longer true, and this one does not listen yet.
  fs.rmSync(addressFile(folder), { force: true })
  return {
    release: () => {
      fs.rmSync(addressFile(folder), { force: true })
      lock.exec('ROLLBACK')
      lock.close()
    },
  }
}

const addressFile = (folder: StateFolder): string => path.join(folder.root, 'server.json')

/** Notes where the server of this folder listens, for people and for the command line. */
export function writeAddress(folder: StateFolder, url: string): void {
  fs.writeFileSync(addressFile(folder), `${JSON.stringify({ url, pid: process.pid })}\n`)
}

function readAddress(folder: StateFolder): string | null {
  try {
    const parsed: unknown = JSON.parse(fs.readFileSync(addressFile(folder), 'utf8'))
    return typeof parsed === 'object' && parsed !== null && 'url' in parsed && typeof parsed.url === 'string'
      ? parsed.url
      : null
  } catch {
    return null
  }
}
