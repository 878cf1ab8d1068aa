import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import { perClassDifferences, splitByTeacher, type RunAnswers } from '../../../core/evaluation/per-class.ts'
import type { Context } from '../context.ts'
import { runsOf, type LoadedExperiment } from '../experiments/load-experiment.ts'
import { readAnswers, readTestLabels } from './read-answers.ts'

/** What one run answered to every test example. */
interface Answered extends RunAnswers {
  seed: number
}

/** Accuracy by class against the control, and how arm and control answer where the teacher is right and wrong. */
export function summariseAnswers(
  ctx: Context,
  loaded: LoadedExperiment,
  armId: string,
): Pick<ClaimsPage, 'classes' | 'byTeacher'> {
  const labels = readTestLabels(ctx, loaded)
  if (labels === null) return { classes: null, byTeacher: null }
  const arm = answersOf(ctx, loaded, armId, labels)
  const control = answersOf(ctx, loaded, loaded.control.id, labels)
  return {
    classes: differences(loaded, arm, control, labels),
    byTeacher: byTeacher(ctx, loaded, { arm, control }, labels),
  }
}

/** Finished and diverged runs; a diverged one guesses evenly. */
function answersOf(ctx: Context, loaded: LoadedExperiment, armId: string, labels: Int32Array): Answered[] {
  return runsOf(loaded, armId).flatMap((run): Answered[] => {
    const seed = run.seed ?? 0
    if (run.status === 'diverged') return [{ seed, predicted: null }]
    const predicted = run.status === 'finished' ? readAnswers(ctx, loaded, run, labels) : null
    return predicted === null ? [] : [{ seed, predicted }]
  })
}

function differences(
  { protocol }: LoadedExperiment,
  arm: readonly Answered[],
  control: readonly Answered[],
  labels: Int32Array,
): ClaimsPage['classes'] {
  const { classes } = protocol.data
  const { paired } = protocol
  const common = (own: readonly Answered[], other: readonly Answered[]): readonly Answered[] =>
    paired ? own.filter(({ seed }) => other.some((one) => one.seed === seed)) : own
  const correct = (rows: readonly Answered[]): Float64Array[] =>
    rows.map(({ predicted }) =>
      predicted === null
        ? new Float64Array(labels.length).fill(1 / classes)
        : Float64Array.from(labels, (label, i) => (predicted[i] === label ? 1 : 0)),
    )
  const [own, other] = [common(arm, control), common(control, arm)]
  if (own.length === 0 || other.length === 0) return null
  return perClassDifferences({ arm: correct(own), control: correct(other), labels, classes, paired })
}

function byTeacher(
  ctx: Context,
  loaded: LoadedExperiment,
  { arm, control }: { arm: Answered[]; control: Answered[] },
  labels: Int32Array,
): ClaimsPage['byTeacher'] {
  const run = runsOf(loaded, 'teacher').find(({ status }) => status === 'finished')
  const teacher = run === undefined ? null : readAnswers(ctx, loaded, run, labels)
  if (teacher === null || arm.length === 0 || control.length === 0) return null
  const { classes } = loaded.protocol.data
  return {
    arm: splitByTeacher(arm, teacher, labels, classes),
    control: splitByTeacher(control, teacher, labels, classes),
  }
}
