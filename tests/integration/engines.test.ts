import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import {
  removeFolder,
  smallDraft,
  startTestServer,
  untilDecided,
  type TestServer,
} from '../support/server.ts'

const servers: TestServer[] = []

async function start(variables: Partial<NodeJS.ProcessEnv> = {}): Promise<TestServer> {
  const server = await startTestServer({ variables })
  servers.push(server)
  return server
}

const draft = (changes: Partial<ExperimentDraftInput> = {}): ExperimentDraftInput =>
  smallDraft({ methods: [], seeds: 1, ...changes })

const launched = async (server: TestServer, changes: Partial<ExperimentDraftInput>): Promise<string> =>
  (await server.api.experiments.launch(draft(changes))).id

const engineOf = async (server: TestServer, id: string): Promise<string> =>
  (await server.api.experiments.page({ id })).protocol.engine.name

afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.stop()
    removeFolder(server.home)
  }
})

describe('an engine that a draft names', () => {
  it('is frozen and trained on, and has a teacher of its own', async () => {
    const server = await start()
    const [cpu, wasm] = [await launched(server, { engine: 'cpu' }), await launched(server, {})]
    for (const [id, engine] of [
      [cpu, 'cpu'],
      [wasm, 'wasm'],
    ] as const) {
      const page = await untilDecided(server, id)
      expect(page.protocol.engine.name).toBe(engine)
      const rows = await server.api.experiments.runs({ id })
      expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['finished']))
      const teacher = rows.find(({ armId }) => armId === 'teacher')
      const run = await server.api.runs.page({ runId: teacher?.runId ?? '' })
      expect(run.engine).toContain(engine)
      expect(run.trainedMs).toBeGreaterThan(0)
    }
    const again = await server.api.experiments.preview(draft({ engine: 'cpu' }))
    expect(again.notes.join(' ')).toContain('teacher was already trained')
  })

  it('wins over the setting, which is that of a draft that names none', async () => {
    const server = await start({ STILLHOUSE_ENGINE: 'cpu' })
    expect(await engineOf(server, await launched(server, {}))).toBe('cpu')
    expect(await engineOf(server, await launched(server, { engine: 'wasm' }))).toBe('wasm')
    expect(await engineOf(server, await launched(server, { engine: 'auto' }))).toBe('wasm')
    const views = await server.api.workers.engines({ student: null })
    expect(views.filter(({ usual }) => usual).map(({ name }) => name)).toEqual(['cpu'])
  })

  it('is refused with what to do where it is not installed, and nothing is launched', async () => {
    const server = await start()
    const text = /not installed. Install it with npm run engine:native, or choose the portable engine/
    const preview = await server.api.experiments.preview(draft({ engine: 'native' }))
    expect(preview.problems).toEqual([{ path: 'engine', message: expect.stringMatching(text) }])
    await expect(server.api.experiments.launch(draft({ engine: 'native' }))).rejects.toThrow(text)
    expect(await server.api.experiments.list()).toEqual([])
  })

  it('is told at its field too where it is that of the server, and the draft chose none', async () => {
    const server = await start({ STILLHOUSE_ENGINE: 'native' })
    const { problems } = await server.api.experiments.preview(draft())
    expect(problems).toEqual([{ path: 'engine', message: expect.stringContaining('not installed') }])
    expect((await server.api.experiments.preview(draft({ engine: 'wasm' }))).problems).toEqual([])
  })
})

describe('the engines that can be chosen', () => {
  it('are listed with the time of a step once they were timed, and what is missing with what installs it', async () => {
    const server = await start()
    const { data, labelsPerSeed, student } = draft()
    const ask = () => server.api.workers.engines({ student: { data, labelsPerSeed, ...student } })
    // One engine after the other, while nothing trains.
    const untimed = async (): Promise<string[]> =>
      (await ask()).flatMap(({ name, missing, stepMs }) =>
        missing === null && stepMs === null ? [name] : [],
      )
    while ((await untimed()).length > 0) await wait(200)
    const [wasm, native, cpu] = await ask()
    expect(wasm).toMatchObject({ name: 'wasm', usual: true, missing: null })
    expect(native).toMatchObject({
      name: 'native',
      usual: false,
      version: null,
      missing: expect.stringContaining('engine:native'),
    })
    expect(cpu).toMatchObject({ name: 'cpu', usual: false, missing: null })
    expect(wasm?.stepMs).toBeGreaterThan(0)
  })
})
