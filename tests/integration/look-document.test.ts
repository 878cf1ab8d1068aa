import { afterEach, beforeEach, expect, it } from 'vitest'
import { experimentFacts } from '../../app/_features/experiment/experiment-facts.ts'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { readDocument } from '../../server/domain/experiments/read-document.ts'
import { readExperiment } from '../../server/domain/experiments/read-experiment.ts'
import { scattered, trainAnswered, type Answers } from '../support/designed-answers.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
const softArm = 'soft-targets-t4'

/** Label smoothing is far better than the control at every seed; soft targets hang on the seed. */
const mixed: Answers = (armId, seed, example) => {
  const luck = (seed % 3) * 0.12 - 0.12
  const accuracy = { scratch: 0.7, 'label-smoothing': 0.95, [softArm]: 0.7 + luck }[armId] ?? 0.97
  return scattered(armId.length, seed, example) < accuracy
}

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

const run = async (changes: Partial<ExperimentDraftInput>): Promise<string> => {
  const draft = smallDraft({ methods: [soft], seeds: 3, margin: 0.05, ...changes })
  const { id } = await launchExperiment(ctx, { draft })
  await trainAnswered(ctx, mixed)
  return id
}

it('the document says of every comparison at which of several looks it is read, and what that spends', async () => {
  const id = await run({ moreLooks: [4, 5], continuation: 'until-decided' })
  const { looks } = (await readExperiment(ctx, { id })).protocol
  const { comparisons } = readDocument(ctx, { id })
  const looksOf = (arm: string): unknown[] =>
    comparisons
      .filter((one) => one.arm === arm && one.family !== 'teacher-or-smoothing')
      .map((one) => one.look)
  expect(new Set(looksOf('label-smoothing').map((look) => JSON.stringify(look)))).toEqual(
    new Set([JSON.stringify(looks[0])]),
  )
  expect(new Set(looksOf(softArm).map((look) => JSON.stringify(look)))).toEqual(
    new Set([JSON.stringify(looks[2])]),
  )
  expect(comparisons.every(({ look }) => look !== undefined)).toBe(true)
})

it('the document of one look says nothing of looks: all of alpha is spent there', async () => {
  const { comparisons } = readDocument(ctx, { id: await run({}) })
  expect(comparisons.length).toBeGreaterThan(0)
  expect(comparisons.filter((one) => 'look' in one)).toEqual([])
})

it('the page of an experiment has the seeds of the looks that were launched, and says how many are planned', async () => {
  const page = await readExperiment(ctx, { id: await run({ moreLooks: [5] }) })
  expect(page.seeds).toEqual([1, 2, 3])
  expect(page.protocol.seeds).toEqual([1, 2, 3, 4, 5])
  const { facts, line } = experimentFacts(page)
  expect(facts).toContainEqual(['Seeds', '3 per arm, up to 5'])
  expect(line).toContain('3 seeds, up to 5')
  const single = experimentFacts(await readExperiment(ctx, { id: await run({ firstSeed: 9 }) }))
  expect(single.facts).toContainEqual(['Seeds', '3 per arm'])
})
