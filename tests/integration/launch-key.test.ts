import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { experiments, jobs, protocols, runs } from '../../db/schema.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import type { Context } from '../../server/domain/context.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const home = temporaryFolder()
const draft = smallDraft({ methods: [], seeds: 1 })
let domain: ReturnType<typeof openDomain>
let ctx: Context

beforeAll(() => {
  domain = openDomain(home)
  ;({ ctx } = domain)
})

afterAll(() => {
  domain.close()
  removeFolder(home)
})

const stored = (): number[] =>
  [experiments, protocols, runs, jobs].map((table) => ctx.db.read.select().from(table).all().length)

describe('a launch with a key', () => {
  it('that comes again gives the same experiment and stores nothing', async () => {
    const first = await launchExperiment(ctx, { draft, launchKey: 'key-of-one-form' })
    expect(first.launched).toBe(true)
    const before = stored()
    expect(await launchExperiment(ctx, { draft, launchKey: 'key-of-one-form' })).toEqual({
      id: first.id,
      launched: false,
    })
    expect(stored()).toEqual(before)
  })

  it('gives one experiment to five requests at once', async () => {
    const before = stored()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => launchExperiment(ctx, { draft, launchKey: 'five-at-once' })),
    )
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(answers.filter(({ launched }) => launched)).toHaveLength(1)
    expect(stored()[0]).toBe((before[0] ?? 0) + 1)
  })

  it('of another draft is a conflict that names the experiment, and stores nothing', async () => {
    const { id } = await launchExperiment(ctx, { draft, launchKey: 'changed-later' })
    const before = stored()
    for (const changed of [
      { ...draft, seeds: 2 },
      { ...draft, question: 'Another one?' },
    ]) {
      await expect(
        launchExperiment(ctx, { draft: changed, launchKey: 'changed-later' }),
      ).rejects.toMatchObject({
        code: 'conflict',
        experimentId: id,
        message: expect.stringMatching(new RegExp(`experiment ${id} was launched.*new key`)),
      })
    }
    expect(stored()).toEqual(before)
  })

  it('of two drafts at once launches one and refuses the other', async () => {
    const before = stored()
    const answers = await Promise.allSettled(
      [draft, { ...draft, seeds: 2 }].map((one) =>
        launchExperiment(ctx, { draft: one, launchKey: 'two-tabs' }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(stored()[0]).toBe((before[0] ?? 0) + 1)
  })

  it('counts a draft with its defaults written out as the same', async () => {
    const { id } = await launchExperiment(ctx, { draft, launchKey: 'defaults-or-not' })
    const again = await launchExperiment(ctx, {
      draft: { ...draft, alpha: 0.05, firstSeed: 1, question: ` ${draft.question} ` },
      launchKey: 'defaults-or-not',
    })
    expect(again).toEqual({ id, launched: false })
  })
})

it('Launches without a key, and with different ones, are different experiments', async () => {
  const ids = [
    await launchExperiment(ctx, { draft }),
    await launchExperiment(ctx, { draft }),
    await launchExperiment(ctx, { draft, launchKey: 'a-deliberate' }),
    await launchExperiment(ctx, { draft, launchKey: 'repetition' }),
  ].map(({ id }) => id)
  expect(new Set(ids).size).toBe(4)
})
