import { cardOf } from '../../../core/methods/registry.ts'
import { seedsAddedAt } from '../../../core/planning/plan-looks.ts'
import {
  idleArms,
  wordlessArms,
  type ArmProspects,
  type Prospect,
  type Prospects,
  type Wordless,
} from '../../../core/judging/wordless.ts'
import { hasEnded } from '../../../core/contracts/run.ts'
import {
  isTrainedAgain,
  runsOf,
  seedsLaunched,
  type LoadedExperiment,
  type Run,
  type RunWithEvaluation,
} from './load-experiment.ts'

export interface WordlessRuns {
  /** Arms that can get no word any more at the newest look. */
  arms: Wordless[]
  /** No arm of the newest look can get one. */
  all: boolean
  /** An arm was decided at an earlier look. */
  decidedBefore: boolean
  /** Open runs that can give no word any more. */
  runs: Run[]
}

/** What can get no word any more as the runs stand, or would stand once the run `cancelling` is cancelled. */
export function wordlessRuns(loaded: LoadedExperiment, cancelling: string | null = null): WordlessRuns {
  const stopping = new Set(loaded.jobs.filter((job) => job.cancelRequested).map((job) => job.runId))
  // One that is being trained again has its old result where that is called off.
  const isStopped = (run: RunWithEvaluation): boolean =>
    run.status === 'cancelled' ||
    (!isTrainedAgain(run) && (run.id === cancelling || (!hasEnded(run) && stopping.has(run.id))))
  const prospects = prospectsOf(loaded, isStopped)
  const arms = wordlessArms(prospects)
  const idle = idleArms(prospects, arms)
  return {
    arms,
    all: arms.length > 0 && arms.length === prospects.arms.length,
    decidedBefore: prospects.arms.length < loaded.protocol.arms.length - 1,
    runs: loaded.runs.filter(
      (run) =>
        !hasEnded(run) &&
        !isTrainedAgain(run) &&
        !isStopped(run) &&
        idle.has(run.armId ?? '') &&
        !(prospects.teacherLost && waitsForTeacher(loaded, run)),
    ),
  }
}

/** It ends by itself where its teacher ends without a result: there is nothing that could go on. */
const waitsForTeacher = ({ jobs }: LoadedExperiment, { id, status }: RunWithEvaluation): boolean =>
  status === 'waiting' && jobs.some((job) => job.runId === id && job.waitsForRun !== null)

function prospectsOf(loaded: LoadedExperiment, isStopped: (run: RunWithEvaluation) => boolean): Prospects {
  const { protocol, experiment } = loaded
  const planned = new Set(seedsLaunched(loaded))
  const added = new Set(seedsAddedAt(protocol, experiment.looksLaunched - 1))
  const described = protocol.arms.map((arm): ArmProspects => {
    const own = runsOf(loaded, arm.id).filter((run) => planned.has(run.seed ?? 0))
    return {
      id: arm.id,
      role: arm.role,
      needsTeacher: cardOf(arm.method.name).needs.teacher !== 'none',
      seeds: new Map(own.map((run) => [run.seed ?? 0, isStopped(run) ? 'stopped' : prospectOf(run)])),
    }
  })
  const control = described.find(({ role }) => role === 'control')
  if (control === undefined) throw new Error('A protocol always has a control.')
  return {
    control,
    // An arm that was decided at an earlier look has no run at the seeds of this one.
    arms: described.filter((arm) => arm !== control && [...arm.seeds.keys()].some((seed) => added.has(seed))),
    teacherLost: runsOf(loaded, 'teacher').every(
      (run) => isStopped(run) || (hasEnded(run) && run.status !== 'finished'),
    ),
    paired: protocol.paired,
  }
}

function prospectOf(run: RunWithEvaluation): Exclude<Prospect, 'stopped'> {
  if (isTrainedAgain(run)) return 'result'
  switch (run.status) {
    case 'finished':
      return 'result'
    case 'diverged':
      return 'diverged'
    case 'failed':
    case 'blocked':
    case 'cancelled':
      return 'missing'
    case 'planned':
    case 'waiting':
    case 'queued':
    case 'running':
      return 'pending'
  }
}
