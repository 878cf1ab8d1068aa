import { afterEach, beforeEach, expect, it } from 'vitest'
import { ExperimentDraft, type ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { previewPlan } from '../../server/domain/experiments/preview-plan.ts'
import { scattered, trainAnswered, type Answers } from '../support/designed-answers.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
const answers: Answers = (armId, seed, example) => scattered(armId.charCodeAt(1), seed, example) < 0.8

let home: string
let ctx: Context
let close: () => void

beforeEach(() => {
  home = temporaryFolder()
  ;({ ctx, close } = openDomain(home))
})

afterEach(() => {
  close()
  removeFolder(home)
})

const draft = (changes: Partial<ExperimentDraftInput>): ExperimentDraftInput =>
  smallDraft({ methods: [soft], seeds: 3, ...changes })

/** The notes of a plan that speak of seeds used before. */
const seen = async (changes: Partial<ExperimentDraftInput>): Promise<string[]> => {
  const { notes } = await previewPlan(ctx, ExperimentDraft.parse(draft(changes)))
  console.log(
    (await import('../../server/domain/experiments/decided-experiments.ts'))
      .decidedExperiments(ctx)
      .map((o) => JSON.stringify(o.protocol)),
    JSON.stringify((await previewPlan(ctx, ExperimentDraft.parse(draft(changes)))).protocol),
  )
  return notes.filter((note) => note.includes('used with these settings'))
}

const run = async (changes: Partial<ExperimentDraftInput>): Promise<void> => {
  await launchExperiment(ctx, { draft: draft(changes) })
  await trainAnswered(ctx, answers)
}

it('a plan with the settings and seeds of a decided experiment is told to take new seeds, however it would be judged', async () => {
  expect(await seen({})).toEqual([])
  await run({ moreLooks: [5] })
  const note =
    'Seeds 1 to 3 were used with these settings in an earlier experiment: take seeds from 4 on (First seed).'
  expect(await seen({})).toEqual([note])
  expect(await seen({ seeds: 6, margin: 0.07, alpha: 0.01, margins: { nll: 0.1 } })).toEqual([note])
  expect(await seen({ firstSeed: 3 })).toEqual([note])
  // Those of the look that was not launched are new.
  expect(await seen({ firstSeed: 4 })).toEqual([])
  expect(await seen({ labelsPerSeed: 50 })).toEqual([])
})

it('seeds of several experiments are named together', async () => {
  await run({})
  await run({ firstSeed: 7 })
  expect(await seen({ seeds: 8 })).toEqual([
    'Seeds 1 to 3 and 7 to 9 were used with these settings in earlier experiments: take seeds from 10 on (First seed).',
  ])
})
