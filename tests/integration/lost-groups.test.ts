import fs from 'node:fs'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { loadExperiment } from '../../server/domain/experiments/load-experiment.ts'
import { readVerdict } from '../../server/domain/verdicts/read-verdict.ts'
import { testGroupsPath } from '../../server/domain/datasets/dataset-paths.ts'
import { scattered, trainAnswered } from '../support/designed-answers.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const home = temporaryFolder()
afterAll(() => removeFolder(home))

// What was read of a data set is remembered, so this stands in a file, and a process, of its own.
it('test groups that are lost take the word away until they are back', async () => {
  const first = openDomain(home)
  const { id } = await launchExperiment(first.ctx, {
    draft: smallDraft({ data: 'letter', methods: [], seeds: 3, margin: 0.01 }),
  })
  await trainAnswered(
    first.ctx,
    (armId, seed, example) => scattered(armId.length, seed, example) < (armId === 'scratch' ? 0.5 : 0.7),
  )
  const { hash } = loadExperiment(first.ctx, id).protocol.data
  const file = path.join(home, testGroupsPath(hash))
  const bytes = fs.readFileSync(file)
  fs.rmSync(file)
  const without = readVerdict(first.ctx, { id }).comparisons[0]
  expect(without?.word).toBeNull()
  expect(without?.estimate).toBeNull()
  first.close()

  fs.writeFileSync(file, bytes)
  const second = openDomain(home)
  const back = readVerdict(second.ctx, { id }).comparisons[0]
  expect(back?.word).toBe('helped')
  expect(back?.sentence).toContain('4,000 test examples in 3,762 groups')
  second.close()
})
