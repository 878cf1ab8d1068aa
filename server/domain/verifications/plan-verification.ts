import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import type {
  PlannedCheck,
  VerificationPlan,
  VerificationRequest,
} from '../../../core/contracts/verification.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { loadExperiment, runsOf, type RunWithEvaluation } from '../experiments/load-experiment.ts'
import { describeCheck } from './describe-check.ts'
import { findExperiment } from './find-experiment.ts'

/**
 * Which runs of an experiment are to be trained once more, and what that takes. Nothing is changed.
 * @throws DomainError not-found, bad-input, and conflict where no run has finished
 */
export function planVerification(ctx: Context, request: VerificationRequest): VerificationPlan {
  const { experimentId, runId } = findExperiment(ctx, request.experiment)
  const loaded = loadExperiment(ctx, experimentId)
  // The teacher first, then arm by arm: the order in which a seed counts them.
  const inOrder = loaded.arms.flatMap((arm) => runsOf(loaded, arm.id))
  const labels = new Map(loaded.arms.map((arm) => [arm.id, arm.label]))
  return {
    experimentId,
    question: loaded.experiment.name,
    checks: chooseRuns(inOrder, { ...request, run: request.run ?? runId }).map((run): PlannedCheck => ({
      runId: run.id,
      armId: run.armId ?? '',
      seed: run.seed ?? 0,
      label: `${labels.get(run.armId ?? '') ?? run.name}, seed ${run.seed}`,
      ...describeCheck(ctx, loaded, run),
    })),
  }
}

function chooseRuns(
  inOrder: readonly RunWithEvaluation[],
  { run, all, seed }: VerificationRequest,
): readonly RunWithEvaluation[] {
  if (run !== null) return [findRun(inOrder, run)]
  if (all) return inOrder
  const finished = inOrder.filter(({ status }) => status === 'finished')
  const drawn = finished[createRandom(seedOf('verify', seed)).nextInt(Math.max(1, finished.length))]
  if (drawn === undefined)
    throw new DomainError(
      'conflict',
      'No run of this experiment has finished, so there is nothing to compare. Try again when one has.',
    )
  return [drawn]
}

function findRun(inOrder: readonly RunWithEvaluation[], wanted: string): RunWithEvaluation {
  const exact = inOrder.find(({ id }) => id === wanted)
  if (exact !== undefined) return exact
  const known = inOrder.filter(({ id }) => id.startsWith(wanted))
  const [first] = known
  if (first === undefined)
    throw new DomainError(
      'not-found',
      `This experiment has no run ${wanted}. The address of a Run page ends with the id of the run.`,
    )
  if (known.length > 1)
    throw new DomainError(
      'bad-input',
      `${known.length} runs of this experiment begin with ${wanted}. Give more of the id.`,
    )
  return first
}
