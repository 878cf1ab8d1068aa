import { afterEach, beforeEach, expect, it } from 'vitest'
import type { VerificationReport } from '../../core/contracts/verification.ts'
import { createCaller } from '../../server/api/trpc/router.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { sha256 } from '../../server/platform/hash.ts'
import { asTraining, endTrained, openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

let home: string
let ctx: Context
let close: () => void
let api: ReturnType<typeof createCaller>

beforeEach(() => {
  home = temporaryFolder()
  ;({ ctx, close } = openDomain(home))
  api = createCaller(ctx)
})

afterEach(() => {
  close()
  removeFolder(home)
})

const launch = async (): Promise<string> =>
  (await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 1 }) })).id

/** A report that says of itself that everything was as it should be. */
function reportOf(
  id: string,
  runId: string,
  found: { weights: string; testLogits: string },
): VerificationReport {
  const file = (sha: string) => ({ recorded: sha, listed: null, onDisk: sha, found: sha, difference: null })
  return {
    id,
    runId,
    machine: { host: 'lab', platform: 'linux', arch: 'x64', processor: 'A processor', node: 'v22.11.0' },
    engine: { name: 'wasm', version: 'portable 1' },
    durationMs: 5,
    weights: file(found.weights),
    testLogits: file(found.testLogits),
  }
}

it('a report is held against what the server itself recorded, stored once, and counts for runs that share the training', async () => {
  const first = await launch()
  const teacher = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)[0]
  if (teacher === undefined) throw new Error('nothing was handed out')
  await endTrained(ctx, teacher)
  const second = await launch()
  const { runId } = teacher.request
  const testLogits = sha256(Buffer.from(`${teacher.attemptId} predictions/test.npy`))

  // The report claims that another hash was recorded.
  const wrong = reportOf('aaaaaaaaaaaaaaaa', runId, { weights: 'c'.repeat(64), testLogits })
  expect(await api.verifications.store(wrong)).toMatchObject({ outcome: 'differs' })
  await api.verifications.store(wrong)
  for (const id of [first, second]) {
    expect((await api.experiments.page({ id })).verified, id).toEqual({ identical: 0, differing: 1 })
  }
  expect((await api.runs.page({ runId })).verifications).toHaveLength(1)
})
