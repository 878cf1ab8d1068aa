import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { DatabaseBusyError, openDatabase, type Database } from '../../db/open-database.ts'
import { experiments } from '../../db/schema.ts'
import { createArtifactStore } from '../../server/platform/artifact-store.ts'
import { packageRoot } from '../../server/platform/package-root.ts'
import { prepareStateFolder, stateFolder } from '../../server/platform/state-folder.ts'
import { writeArtifact } from '../support/domain-room.ts'
import { removeFolder, startTestServer, temporaryFolder } from '../support/server.ts'

const migrations = path.join(packageRoot, 'db', 'migrations')
const folders: string[] = []
const open: Database[] = []

const folder = (): string => {
  const made = temporaryFolder()
  folders.push(made)
  return made
}

function database(): Database {
  const made = openDatabase(path.join(folder(), 'stillhouse.db'), migrations)
  open.push(made)
  return made
}

afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

afterAll(() => {
  for (const one of folders) removeFolder(one)
})

const experiment = (id: string) => ({
  id,
  name: id,
  status: 'running' as const,
  demonstration: false,
  lifecycleStage: 'active' as const,
  createdAt: 1,
})

const idsIn = ({ read }: Database): string[] =>
  read
    .select()
    .from(experiments)
    .all()
    .map((row) => row.id)

describe('a write while another process holds the lock', () => {
  /** A database, and a connection that has locked it. */
  function locked(waitsMs: number): { db: Database; other: Sqlite.Database } {
    const file = path.join(folder(), 'stillhouse.db')
    const db = openDatabase(file, migrations, { waitsMs })
    open.push(db)
    const other = new Sqlite(file)
    other.exec('BEGIN IMMEDIATE')
    return { db, other }
  }

  it('waits its turn while everything else goes on, and is then made', async () => {
    const { db, other } = locked(20_000)
    const written = db.withTransaction((tx) => tx.db.insert(experiments).values(experiment('a')).run())
    const first = await Promise.race([written.then(() => 'written'), nextTurn('others')])
    expect(first).toBe('others')
    expect(idsIn(db)).toEqual([])
    other.close()
    await written
    expect(idsIn(db)).toEqual(['a'])
  })

  it('is refused with words on what to do when that takes too long, and the next one is made', async () => {
    const { db, other } = locked(20)
    const write = (id: string) =>
      db.withTransaction((tx) => tx.db.insert(experiments).values(experiment(id)).run())
    // Those behind it waited as long.
    const writes = await Promise.allSettled(['a', 'b', 'c'].map(write))
    for (const one of writes) expect(one).toMatchObject({ reason: expect.any(DatabaseBusyError) })
    other.close()
    await write('d')
    expect(idsIn(db)).toEqual(['d'])
  })
})

describe('a transaction', () => {
  it('is rolled back whole when its work throws, and the next one goes on', async () => {
    const db = database()
    await expect(
      db.withTransaction((tx) => {
        tx.db.insert(experiments).values(experiment('a')).run()
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await expect(
      db.withTransaction(async (tx) => {
        tx.db.insert(experiments).values(experiment('b')).run()
        await Promise.resolve()
        throw new Error('later')
      }),
    ).rejects.toThrow('later')
    await db.withTransaction((tx) => void tx.db.insert(experiments).values(experiment('c')).run())
    expect(idsIn(db)).toEqual(['c'])
  })

  it('is rolled back when a constraint stops it', async () => {
    const db = database()
    const twice = db.withTransaction(({ db: tx }) => {
      tx.insert(experiments).values(experiment('a')).run()
      tx.insert(experiments).values(experiment('a')).run()
    })
    await expect(twice).rejects.toThrow(/UNIQUE/)
    expect(idsIn(db)).toEqual([])
  })

  it('runs alone: writers that are handed in together follow one another', async () => {
    const db = database()
    await db.withTransaction((tx) => void tx.db.insert(experiments).values(experiment('n')).run())
    const increments = Array.from({ length: 50 }, () =>
      db.withTransaction(async ({ db: tx }) => {
        const before = tx.select().from(experiments).get()?.createdAt ?? 0
        await Promise.resolve()
        tx.update(experiments)
          .set({ createdAt: before + 1 })
          .run()
      }),
    )
    await Promise.all(increments)
    expect(db.read.select().from(experiments).get()?.createdAt).toBe(51)
  })

  it('is not seen by readers before it is committed', async () => {
    const db = database()
    let inside: string[] = []
    let outside: string[] = []
    await db.withTransaction(({ db: tx }) => {
      tx.insert(experiments).values(experiment('a')).run()
      inside = tx
        .select()
        .from(experiments)
        .all()
        .map((row) => row.id)
      outside = idsIn(db)
    })
    expect(inside).toEqual(['a'])
    expect(outside).toEqual([])
    expect(idsIn(db)).toEqual(['a'])
  })

  it('is the only way to write: the connection for reads refuses', () => {
    const db = database()
    expect(() => db.read.insert(experiments).values(experiment('a')).run()).toThrow(/readonly/)
  })
})

describe('an artifact', () => {
  const store = () => {
    const state = stateFolder(folder())
    prepareStateFolder(state)
    return { state, adopt: createArtifactStore(state).adopt }
  }

  it('is moved in with its bytes, and adopting it twice is harmless', async () => {
    const { state, adopt } = store()
    const file = writeArtifact(path.join(state.scratch, 'run'), 'predictions/test.npy', 'bytes')
    const stored = await adopt('run', file)
    expect(stored.path).toBe('artifacts/run/predictions/test.npy')
    expect(fs.readFileSync(state.resolve(stored.path), 'utf8')).toBe('bytes')
    expect(fs.existsSync(file.path)).toBe(false)
    expect(await adopt('run', file)).toEqual(stored)
  })

  it('takes the place of a folder of its name that somebody left there', async () => {
    const { state, adopt } = store()
    fs.mkdirSync(path.join(state.artifacts, 'run', 'weights.bin', 'inner'), { recursive: true })
    const stored = await adopt('run', writeArtifact(path.join(state.scratch, 'run'), 'weights.bin', 'bytes'))
    expect(fs.readFileSync(state.resolve(stored.path), 'utf8')).toBe('bytes')
  })

  it.each([
    ['SHA-256', { sha256: '0'.repeat(64) }],
    ['size', { sizeBytes: 4 }],
  ])('of another %s than was reported is refused and stays where it is', async (_, changes) => {
    const { state, adopt } = store()
    const file = writeArtifact(path.join(state.scratch, 'run'), 'weights.bin', 'bytes')
    await expect(adopt('run', { ...file, ...changes })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'The artifact weights.bin is not what its worker reported (size or SHA-256).',
    })
    expect(fs.existsSync(file.path)).toBe(true)
    expect(fs.readdirSync(state.artifacts)).toEqual([])
  })

  it('outside the scratch folder is refused, also behind a name that only begins like it', async () => {
    const { state, adopt } = store()
    const beside = `${state.scratch}-other`
    for (const place of [state.root, beside, path.join(state.scratch, '..', 'logs')]) {
      const file = writeArtifact(place, 'weights.bin', 'bytes')
      await expect(adopt('run', file)).rejects.toMatchObject({ code: 'bad-input' })
      expect(fs.existsSync(file.path)).toBe(true)
    }
  })

  it('behind a link that leads out of the scratch folder is refused', async () => {
    const { state, adopt } = store()
    const file = writeArtifact(folder(), 'weights.bin', 'bytes')
    const link = path.join(state.scratch, 'weights.bin')
    fs.symlinkSync(file.path, link)
    await expect(adopt('run', { ...file, path: link })).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('a server that starts', () => {
  it('removes the half of a data set that a killed one left, and no whole one', async () => {
    const home = folder()
    for (const name of ['aa', 'bb.123.part']) {
      fs.mkdirSync(path.join(home, 'datasets', name), { recursive: true })
      fs.writeFileSync(path.join(home, 'datasets', name, 'train.examples.npy'), 'x')
    }
    const server = await startTestServer({ home })
    await server.stop()
    expect(fs.readdirSync(path.join(home, 'datasets'))).toEqual(['aa'])
  })
})

describe('the server does not start', () => {
  const startIn = (home: string) => startTestServer({ home })

  it('while another process has locked the database, and says what to do', async () => {
    const home = folder()
    const other = new Sqlite(path.join(home, 'stillhouse.db'))
    other.exec('BEGIN EXCLUSIVE')
    await expect(startIn(home)).rejects.toThrow(/Another process has locked the database.*start again/)
    other.close()
    const server = await startIn(home)
    await server.stop()
  })

  it('on the database of a newer version, which it leaves as it was', async () => {
    const home = folder()
    const file = path.join(home, 'stillhouse.db')
    openDatabase(file, migrations).close()
    const newer = new Sqlite(file)
    newer
      .prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
      .run('f'.repeat(64), 9_999_999_999_999)
    newer.close()
    const before = fs.readFileSync(file)
    await expect(startIn(home)).rejects.toThrow(/newer version of Stillhouse.*Nothing was changed/)
    expect(fs.readFileSync(file).equals(before)).toBe(true)
    // The folder is free again.
    await expect(startIn(home)).rejects.toThrow(/newer version/)
  })

  it('on a file that is no database, which it leaves as it was', async () => {
    const home = folder()
    const file = path.join(home, 'stillhouse.db')
    fs.writeFileSync(file, 'This is a letter, not a database. '.repeat(40))
    await expect(startIn(home)).rejects.toThrow(
      `The database ${file} cannot be opened: file is not a database. Restore it from a copy, or set STILLHOUSE_HOME to another folder.`,
    )
    expect(fs.readFileSync(file, 'utf8')).toMatch(/^This is a letter/)
  })

  it('in a state folder that is a file', async () => {
    const home = path.join(folder(), 'state')
    fs.writeFileSync(home, 'a file')
    await expect(startIn(home)).rejects.toThrow(
      `${home} is not a folder. Move that file, or set STILLHOUSE_HOME to another folder.`,
    )
  })

  it('in a state folder that another one works in, and says where that one is', async () => {
    const home = folder()
    const first = await startIn(home)
    try {
      await expect(startIn(home)).rejects.toThrow(
        `Another Stillhouse already works in ${home}. Use that one (${first.url}), stop it, or set STILLHOUSE_HOME to another folder.`,
      )
    } finally {
      await first.stop()
    }
    // Stopped, it leaves the folder free and no address behind.
    expect(fs.existsSync(path.join(home, 'server.json'))).toBe(false)
    const second = await startIn(home)
    await second.stop()
  })

  it('in a state folder that cannot be written', async (context) => {
    const home = folder()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,ro', 'tmpfs', home], { stdio: 'ignore' })
    } catch {
      context.skip('this machine does not let the tests mount a read-only folder')
    }
    try {
      await expect(startIn(home)).rejects.toThrow(
        `The state folder ${home} cannot be written. Change its permissions, or set STILLHOUSE_HOME to another folder.`,
      )
    } finally {
      execFileSync('umount', [home])
    }
  })

  it('on a full disk', async (context) => {
    const home = folder()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', home], { stdio: 'ignore' })
    } catch {
      context.skip('this machine does not let the tests mount a small disk')
    }
    try {
      const fill = (): void => fs.appendFileSync(path.join(home, 'fill'), Buffer.alloc(4096))
      expect(() => {
        for (let block = 0; block < 64; block += 1) fill()
      }).toThrow(/ENOSPC/)
      await expect(startIn(home)).rejects.toThrow(
        `The disk of the state folder ${home} is full. Free some space, or set STILLHOUSE_HOME to another folder.`,
      )
    } finally {
      execFileSync('umount', [home])
    }
  })
})

describe('a port that is taken', () => {
  it('makes the server take the next one and say which it asked for', async () => {
    const other = http.createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const taken = typeof address === 'object' && address !== null ? address.port : 0
    const server = await startTestServer({
      home: folder(),
      variables: { STILLHOUSE_PORT: String(taken) },
    })
    try {
      expect(server.movedFrom).toBe(taken)
      expect(Number(new URL(server.url).port)).toBeGreaterThan(taken)
      expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
    } finally {
      await server.stop()
      other.close()
    }
  })

  it('with none free after it ends the start with the reason, and frees the state folder', async () => {
    const other = http.createServer()
    await new Promise<void>((resolve) => other.listen(65_535, '127.0.0.1', resolve))
    const home = folder()
    const variables = { STILLHOUSE_PORT: '65535' }
    await expect(startTestServer({ home, variables })).rejects.toThrow('The port 65535 is taken.')
    other.close()
    const server = await startTestServer({ home })
    await server.stop()
  })
})
