import { setImmediate as nextTurn } from 'node:timers/promises'
import { formatDuration } from '../../../core/wording/format-duration.ts'
import { nextSteps } from '../../../core/wording/next-steps.ts'
import type { ArmEndings } from '../../../core/wording/repair-steps.ts'
import { fewerLabels } from '../../../core/planning/fewer-labels.ts'
import { seedsAddedAt } from '../../../core/planning/plan-looks.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import type { Context } from '../context.ts'
import { openArms } from '../experiments/launch-look.ts'
import {
  isTrainedAgain,
  loadExperiment,
  runsOf,
  type LoadedExperiment,
} from '../experiments/load-experiment.ts'
import { workPlanner, type WorkPlanner } from '../experiments/plan-time.ts'
import { judgeExperiment } from './judge-experiment.ts'
import { storedFault } from './read-scores.ts'
import { verdictOf, type Verdict } from './read-verdict.ts'
import { dataFault } from './test-data.ts'

/** The whole Verdict page, with what to do next and what it costs on this machine. */
export async function readVerdictPage(ctx: Context, { id }: { id: string }): Promise<VerdictPage> {
  const loaded = loadExperiment(ctx, id)
  // The first question reads every prediction, the others judge them: workers and browsers get their turn in between.
  judgeExperiment(ctx, loaded)
  await nextTurn()
  const verdict = verdictOf(ctx, loaded)
  // On the way nothing is offered, and the speed of this machine need not be asked for.
  if (loaded.experiment.decidedAt === null) return { ...verdict, extension: null, next: [] }
  const { protocol, arms } = loaded
  const work = workPlanner(ctx, protocol)
  const extension = extensionOf(loaded, verdict, work)
  const next = nextSteps({
    ...verdict,
    labels: Object.fromEntries(arms.map((arm) => [arm.id, arm.label])),
    roles: Object.fromEntries(arms.map((arm) => [arm.id, arm.role])),
    extension,
    accuracy: {
      teacher: meanAccuracy(verdict, 'teacher'),
      control: meanAccuracy(verdict, loaded.control.id),
    },
    classes: protocol.data.classes,
    lastSeed: protocol.seeds.at(-1) ?? 0,
    labelsPerSeed: protocol.labels.perSeed,
    fewerLabels: fewerLabels(protocol.labels.perSeed, protocol.data.classes),
    endings: arms.map((arm) => endingsOf(ctx, loaded, arm)),
    dataDamaged: dataFault(ctx, loaded) !== null,
    costText: (seeds) => `about ${formatDuration(work.withSeeds(seeds).time.ms)}`,
  })
  return { ...verdict, extension, next }
}

function endingsOf(ctx: Context, loaded: LoadedExperiment, { id, role, label }: ArmView): ArmEndings {
  const own = runsOf(loaded, id)
  const failures: ArmEndings['failures'] = {}
  for (const { status, failure } of own) {
    // An older version kept no code.
    const reason = failure ?? 'error'
    if (status === 'failed') failures[reason] = (failures[reason] ?? 0) + 1
  }
  return {
    role,
    label: role === 'control' ? 'the control' : label,
    runs: own.length,
    diverged: own.filter(({ status }) => status === 'diverged').length,
    failures,
    damaged: own.filter((run) => storedFault(ctx, run) !== null).length,
    trainedAgain: own.filter(isTrainedAgain).length,
  }
}

const meanAccuracy = ({ figures }: Verdict, armId: string): number | null =>
  figures.find((one) => one.armId === armId)?.metrics['test/accuracy']?.mean ?? null

/** The next look, where it can be asked for now. */
function extensionOf(
  loaded: LoadedExperiment,
  { comparisons }: Verdict,
  work: WorkPlanner,
): VerdictPage['extension'] {
  const { protocol, experiment } = loaded
  const look = protocol.looks[experiment.looksLaunched]
  const arms = openArms(loaded, comparisons)
  if (protocol.continuation !== 'on-request' || experiment.status !== 'finished') return null
  if (look === undefined || arms.length === 0) return null
  const added = seedsAddedAt(protocol, experiment.looksLaunched).length
  // Of all arms only the open ones and the control go on.
  const { runs, time } = work.moreSeeds(added, new Set([loaded.control.id, ...arms]))
  return {
    look: experiment.looksLaunched,
    seeds: look.seeds,
    runs,
    estimateMs: time.ms,
    arms,
  }
}
