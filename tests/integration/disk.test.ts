import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { artifacts, metrics, runs } from '../../db/schema.ts'
import {
  removeFolder,
  smallDraft,
  startTestServer,
  temporaryFolder,
  untilDecided,
  untilPage,
  type TestServer,
} from '../support/server.ts'

let server: TestServer | null = null
let disk: string | null = null

/** A disk of 96 MB of its own, or null where tests may not mount one. */
function mountDisk(): string | null {
  const folder = temporaryFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', folder], { stdio: 'ignore' })
    disk = folder
    return folder
  } catch {
    removeFolder(folder)
    return null
  }
}

afterEach(async () => {
  await server?.stop()
  server = null
  if (disk !== null) {
    // Lazily: the log of the stopped server may still be open in this process.
    execFileSync('umount', ['-l', disk])
    removeFolder(disk)
  }
  disk = null
})

/** Writes until not a byte is left. */
function fill(file: string): void {
  const handle = fs.openSync(file, 'a')
  try {
    for (let size = 1 << 20; size >= 1; size >>= 1) {
      try {
        for (;;) fs.writeSync(handle, Buffer.alloc(size))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    }
  } finally {
    fs.closeSync(handle)
  }
}

describe('a disk that fills up during an experiment', () => {
  it('stops it with words on what to do, loses nothing, and lets it go on when there is room', async (context) => {
    const home = mountDisk()
    if (home === null) {
      context.skip('this machine does not let the tests mount a small disk')
      return
    }
    const said = vi.spyOn(process.stderr, 'write')
    server = await startTestServer({
      home,
      variables: { STILLHOUSE_CORES: '2', STILLHOUSE_CHECKPOINT_MS: '100' },
    })
    const { ctx } = server
    const draft = smallDraft({ methods: [], seeds: 3 })
    draft.teacher.training.steps = 3_000
    draft.student.training.steps = 1_500
    const { id } = await server.api.experiments.launch(draft)
    await untilPage(server, id, (page) => page.runsEnded >= 1)
    fill(path.join(home, 'fill'))
    const text = `The disk of the state folder ${home} is (almost) full. Free some space`
    await expect.poll(() => said.mock.calls.flat().join('')).toContain(text)
    said.mockRestore()

    const finished = ctx.db.read.select().from(runs).all()
    const points = ctx.db.read.select().from(metrics).all().length
    expect(finished.filter((run) => run.status === 'failed')).toEqual([])
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
    fs.rmSync(path.join(home, 'fill'))

    const page = await untilDecided(server, id)
    const cells = page.progress.flatMap((arm) => arm.cells.map((cell) => cell.status))
    expect(cells).toEqual(cells.map(() => 'finished'))
    expect(ctx.db.read.select().from(metrics).all().length).toBeGreaterThan(points)
    for (const run of finished.filter((one) => one.status === 'finished')) {
      const now = ctx.db.read.select().from(runs).all()
      expect(now.find((one) => one.id === run.id)).toEqual(run)
    }
    for (const file of ctx.db.read.select().from(artifacts).all()) {
      const bytes = fs.readFileSync(ctx.folder.resolve(file.path))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
    }
  })
})
