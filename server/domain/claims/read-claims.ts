import type { ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import type { ArmFigures, ArmView } from '../../../core/contracts/views.ts'
import { meanInterval } from '../../../core/mathematics/mean-interval.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { loadExperiment, runsOf, type LoadedExperiment } from '../experiments/load-experiment.ts'
import { verdictOf } from '../verdicts/read-verdict.ts'
import { pickComparison } from './pick-comparison.ts'
import { summariseAnswers } from './summarise-answers.ts'
import { summariseCost } from './summarise-cost.ts'
import { summariseLabels } from './summarise-labels.ts'

/**
 * The evidence of one arm for what is usually said about distillation, as the runs stand now.
 * @param arm its id; by default the first distillation arm, else the first that is not the control. An arm that the
 * protocol does not have is the default one, so that an old address still opens. Throws DomainError not-found.
 */
export async function readClaims(
  ctx: Context,
  { id, arm: asked }: { id: string; arm?: string | undefined },
): Promise<ClaimsPage> {
  const loaded = loadExperiment(ctx, id)
  const { protocol, control } = loaded
  const choices = choicesOf(loaded.arms)
  const arm = choices.find((one) => one.id === asked) ?? choices[0]
  if (arm === undefined) throw new DomainError('not-found', `The experiment ${id} has the control alone.`)
  const verdict = verdictOf(ctx, loaded)
  const compared = (metric: ComparisonMetric): ClaimsPage['accuracy'] =>
    pickComparison(verdict, protocol, arm.id, metric)
  const accuracy = compared('accuracy')
  const primary = verdict.comparisons.find((one) => one.arm === arm.id)
  const figures = {
    teacher: figuresOf(verdict.figures, 'teacher'),
    control: figuresOf(verdict.figures, control.id),
    arm: figuresOf(verdict.figures, arm.id),
  }
  return {
    state: verdict.state,
    plannedSeeds: verdict.plannedSeeds,
    seedsIn: verdict.seedsIn,
    paired: protocol.paired,
    alpha: protocol.alpha,
    examples: protocol.data.test,
    choices,
    arm,
    control,
    accuracy,
    nll: compared('nll'),
    brier: compared('brier'),
    gap: compared('gap'),
    calibration: verdict.calibration.find((one) => one.arm === arm.id) ?? null,
    speed: verdict.speed.find((one) => one.quantile === 'p50') ?? null,
    teacherDifference: teacherDifference(figures),
    figures,
    fidelity: {
      agreement: pairedDifference(loaded, arm.id, 'test/agreement'),
      kl: pairedDifference(loaded, arm.id, 'test/kl'),
    },
    cost: summariseCost(ctx, loaded, arm.id),
    ...summariseAnswers(ctx, loaded, arm.id, primary?.word != null),
    labels: await summariseLabels(ctx, loaded, arm.id, accuracy),
  }
}

/** Every student but the control, those that learn from the teacher first. */
function choicesOf(arms: readonly ArmView[]): ArmView[] {
  const students = arms.filter(({ role }) => role !== 'teacher' && role !== 'control')
  const distilled = students.filter(({ role }) => role === 'distillation')
  return [...distilled, ...students.filter(({ role }) => role !== 'distillation')]
}

function figuresOf(figures: readonly ArmFigures[], armId: string): ArmFigures {
  const found = figures.find((one) => one.armId === armId)
  if (found === undefined) throw new Error(`Every arm has figures, ${armId} too.`)
  return found
}

function teacherDifference({ teacher, control }: ClaimsPage['figures']): number | null {
  const [top, base] = [teacher.metrics['test/accuracy'], control.metrics['test/accuracy']]
  return top === undefined || base === undefined ? null : top.mean - base.mean
}

/**
 * Mean difference of a figure over the seeds that both arms finished. Seeds are matched by number, which is valid
 * whatever the pairing of the protocol since the match was fixed in advance.
 */
function pairedDifference(
  loaded: LoadedExperiment,
  armId: string,
  key: string,
): ClaimsPage['fidelity']['agreement'] {
  const control = new Map(
    runsOf(loaded, loaded.control.id).map((run) => [run.seed, run.evaluation?.figures[key]]),
  )
  const differences = runsOf(loaded, armId).flatMap((run) => {
    const own = run.evaluation?.figures[key]
    const other = control.get(run.seed)
    return own === undefined || other === undefined ? [] : [own - other]
  })
  if (differences.length === 0) return null
  const { mean, half, n } = meanInterval(differences)
  return { mean, half, n }
}
