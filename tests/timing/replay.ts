import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { encodeNpy } from '../../core/data/npy.ts'
import type { Assignment } from '../../core/contracts/work-request.ts'
import type { Outcome } from '../../core/contracts/work-report.ts'
import type { TimeEstimate } from '../../core/contracts/time-estimate.ts'
import type { Context, LiveSlot } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { previewPlan } from '../../server/domain/experiments/preview-plan.ts'
import { readExperiment } from '../../server/domain/experiments/read-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import { measureMachine } from '../../server/domain/timing/measure-machine.ts'
import { packageRoot } from '../../server/platform/package-root.ts'
import { openDomain, trained, writeArtifact } from '../support/domain-room.ts'
import { Recording } from './recording.ts'

/** What was said of an experiment at one moment, and what came. */
export interface Said {
  experiment: number
  /** Share of its time that had passed, 0 at its launch. */
  share: number
  left: TimeEstimate
  actualMs: number
  /** On the New page, before the launch. */
  planned: TimeEstimate | null
}

const folder = path.join(packageRoot, 'tests', 'golden', 'timing')

export const recordings = (): string[] =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace(/\.json$/, ''))

export const readRecording = (name: string): Recording =>
  Recording.parse(JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8')))

type Attempt = Recording['attempts'][number]
type Event = { at: number } & (
  | { type: 'launch'; experiment: number }
  | { type: 'start'; attempt: Attempt }
  | { type: 'heard'; attempt: Attempt; step: number; steps: number }
  | { type: 'end'; attempt: Attempt }
)

/** What happened, in order; of one moment what ended comes first. */
function eventsOf({ experiments, attempts }: Recording): Event[] {
  const order = { end: 0, launch: 1, start: 2, heard: 3 }
  const events: Event[] = [
    ...experiments.map(({ launchedAt }, experiment) => ({
      type: 'launch' as const,
      at: launchedAt,
      experiment,
    })),
    ...attempts.flatMap((attempt): Event[] => [
      { type: 'start', at: attempt.startedAt, attempt },
      ...attempt.heard.map(([at, step, steps]) => ({ type: 'heard' as const, at, attempt, step, steps })),
      { type: 'end', at: attempt.endedAt, attempt },
    ]),
  ]
  return events.sort((a, b) => a.at - b.at || order[a.type] - order[b.type])
}

/** Lives through a recording on a real database in `home`, asking at every turn how long it will take. */
export async function replay(recording: Recording, home: string): Promise<Said[]> {
  const { ctx: base, close } = openDomain(home)
  const slots = new Map<string, LiveSlot>()
  const open = new Map<Attempt, Assignment>()
  const ids: string[] = []
  const said: Said[] = []
  let heardAt = 0
  let now = 0
  const ctx: Context = {
    ...base,
    clock: { ...base.clock, now: () => recording.at + Math.round(now) },
    workers: {
      ...base.workers,
      cores: recording.machine.cores,
      slots: () => slots,
      heardAt: () => recording.at + heardAt,
      timeSteps: () => Promise.resolve(recording.probe),
    },
  }
  const say = (experiment: number, planned: TimeEstimate | null = null): void => {
    const { launchedAt, endedAt } = recording.experiments[experiment] ?? { launchedAt: 0, endedAt: 0 }
    const { left } = readExperiment(ctx, { id: ids[experiment] ?? '' })
    if (left === null) return
    const share = (now - launchedAt) / (endedAt - launchedAt)
    said.push({ experiment, share, left, actualMs: endedAt - now, planned })
  }
  try {
    await measureMachine(ctx)
    for (const event of eventsOf(recording)) {
      now = event.at
      switch (event.type) {
        case 'launch': {
          const { draft } = recording.experiments[event.experiment] ?? {}
          if (draft === undefined) throw new Error('A launch is of an experiment.')
          const { time } = await previewPlan(ctx, { ...draft, spread: undefined })
          ids[event.experiment] = (await launchExperiment(ctx, { draft })).id
          say(event.experiment, time)
          break
        }
        case 'start': {
          const [assignment] = await claimJobs(ctx, { free: 1, busy: open.size })
          if (assignment?.kind !== event.attempt.kind)
            throw new Error('Another job was handed out than recorded.')
          open.set(event.attempt, assignment)
          break
        }
        case 'heard': {
          const assignment = open.get(event.attempt)
          if (assignment === undefined) break
          heardAt = event.at
          const { step, steps } = event
          const since = slots.get(assignment.attemptId)?.since
          slots.set(assignment.attemptId, {
            step,
            steps,
            stepMs: null,
            tensors: 0,
            residentBytes: 0,
            since: since !== undefined && since.step > 0 ? since : { at: recording.at + now, step },
          })
          recording.experiments.forEach(({ launchedAt, endedAt }, index) => {
            if (launchedAt < now && now < endedAt) say(index)
          })
          break
        }
        case 'end': {
          const assignment = open.get(event.attempt)
          if (assignment === undefined) throw new Error('An attempt ends that did not begin.')
          open.delete(event.attempt)
          slots.delete(assignment.attemptId)
          await end(ctx, assignment, event.attempt.steps ?? 0)
        }
      }
    }
    return said
  } finally {
    close()
  }
}

async function end(ctx: Context, assignment: Assignment, steps: number): Promise<void> {
  const { attemptId } = assignment
  if (assignment.kind === 'train') {
    const { request } = assignment
    const names = ['train', 'validation', 'test'].map((part) => `predictions/${part}.npy`)
    const { test } = z
      .object({ test: z.int() })
      .parse(JSON.parse(fs.readFileSync(path.join(request.dataset, 'meta.json'), 'utf8')))
    const { classes } = request.spec.data
    const logits = encodeNpy({
      dtype: 'float32',
      shape: [test, classes],
      data: new Float32Array(test * classes),
    })
    await reportAttempt(ctx, {
      attemptId,
      items: [...names, 'weights.bin'].map((name, index) => ({
        sequence: index + 1,
        at: ctx.clock.now(),
        event: { type: 'artifact', artifact: writeArtifact(request.scratch, name, logits) },
      })),
    })
  }
  const { accepted } = await finishAttempt(ctx, { attemptId, outcome: outcomeOf(assignment, steps) })
  if (!accepted) throw new Error('The end of an attempt was not accepted.')
}

function outcomeOf(assignment: Assignment, steps: number): Outcome {
  switch (assignment.kind) {
    case 'train':
      // A run that had its teacher's answers is not compared with it once more.
      return trained(assignment.request.teacherLogits === null ? {} : { 'train/agreement': 1 }, steps)
    case 'fidelity':
      return {
        type: 'fidelity-measured',
        runs: assignment.request.runs.map(({ runId }) => ({ runId, figures: { 'train/agreement': 1 } })),
      }
    case 'profile':
      return { type: 'profiled' }
  }
}
