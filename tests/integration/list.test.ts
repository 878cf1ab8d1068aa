import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { experiments, protocols } from '../../db/schema.ts'
import { createCaller } from '../../server/api/trpc/router.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { loadExperiment } from '../../server/domain/experiments/load-experiment.ts'
import { recoverJobs } from '../../server/domain/jobs/recover-jobs.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

let home: string
let ctx: Context
let close: () => void

beforeEach(() => {
  home = temporaryFolder()
  const room = openDomain(home)
  ctx = room.ctx
  close = room.close
})

afterEach(() => {
  close()
  removeFolder(home)
})

const list = (input: Parameters<ReturnType<typeof createCaller>['experiments']['list']>[0]) =>
  createCaller(ctx).experiments.list(input)

const emptyExperiment = (id: string, createdAt: number) => ({
  id,
  name: `Run elsewhere ${id}?`,
  status: 'finished' as const,
  demonstration: false,
  lifecycleStage: 'active' as const,
  createdAt,
})

it('every page of the list goes on where the one before it ended, also within a millisecond', async () => {
  const ids = Array.from({ length: 7 }, (_, index) => `e${index}`)
  await ctx.db.withTransaction(({ db }) => {
    for (const [index, id] of ids.entries())
      db.insert(experiments)
        .values(emptyExperiment(id, index < 5 ? 5 : 6))
        .run()
  })
  const seen: string[] = []
  let cursor: { createdAt: number; id: string } | null = null
  for (;;) {
    const page = await list({ limit: 2, cursor })
    seen.push(...page.map((one) => one.id))
    const last = page.at(-1)
    if (last === undefined) break
    cursor = { createdAt: last.launchedAt, id: last.id }
  }
  expect(seen).toHaveLength(ids.length)
  expect(new Set(seen)).toEqual(new Set(ids))
})

it('an experiment without a protocol, or with a damaged one, keeps no other from being listed', async () => {
  const { id: whole } = await launchExperiment(ctx, { draft: smallDraft({ seeds: 3 }) })
  const { id: broken } = await launchExperiment(ctx, { draft: smallDraft({ seeds: 4 }) })
  const { hash, canonical } = loadExperiment(ctx, broken)
  await ctx.db.withTransaction(({ db }) => {
    db.insert(experiments).values(emptyExperiment('elsewhere', 1)).run()
    // Valid JSON, a sound protocol, and not the one that was frozen.
    db.update(protocols)
      .set({ canonical: canonical.replace('"margin":0.02', '"margin":0.01') })
      .where(eq(protocols.hash, hash))
      .run()
  })
  const found = new Map((await list({ limit: 10 })).map((one) => [one.id, one]))
  expect(found.get(whole)?.unreadable).toBeNull()
  expect(found.get(broken)?.unreadable).toMatch(/protocol \w{8} in the database is damaged/)
  expect(found.get('elsewhere')?.unreadable).toMatch(/has no frozen protocol/)
  expect(found.get('elsewhere')?.question).toBe('Run elsewhere elsewhere?')
  const api = createCaller(ctx)
  await api.experiments.verdict({ id: whole })
  await api.workers.page()
  await api.experiments.preview(smallDraft({ seeds: 5 }))
  await expect(api.experiments.page({ id: broken })).rejects.toThrow(/is damaged/)
  await recoverJobs(ctx, 'The server ended under it.')
})
