import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import { perClassDifferences, splitByTeacher, type RunAnswers } from '../../../core/judging/per-class.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { readClassNames } from '../datasets/read-class-names.ts'
import {
  isTrainedAgain,
  runsOf,
  type LoadedExperiment,
  type RunWithEvaluation,
} from '../experiments/load-experiment.ts'
import { predictionsFault, readScores } from '../verdicts/read-scores.ts'
import { groupsArgument, testData } from '../verdicts/test-data.ts'

/** What one run answered to every test example. */
interface Answered extends RunAnswers {
  seed: number
}

/**
 * Accuracy by class against the control, and how arm and control answer where the teacher is right and wrong.
 * @param judged whether the primary question of this arm has a word: without one no loss or gain of a class is claimed.
 */
export function summariseAnswers(
  ctx: Context,
  loaded: LoadedExperiment,
  armId: string,
  judged: boolean,
): Pick<ClaimsPage, 'classes' | 'byTeacher'> {
  const labels = readable(() => testData(ctx, loaded).labels)
  if (labels === null) return { classes: null, byTeacher: null }
  const arm = answersOf(ctx, loaded, armId)
  const control = answersOf(ctx, loaded, loaded.control.id)
  return {
    classes: claimed(ctx, loaded, {
      armId,
      judged,
      found: differences(ctx, loaded, { arm, control }, labels),
    }),
    byTeacher: byTeacher(ctx, loaded, { arm, control }, labels),
  }
}

/** Finished and diverged runs; a diverged one guesses evenly. */
function answersOf(ctx: Context, loaded: LoadedExperiment, armId: string): Answered[] {
  return runsOf(loaded, armId).flatMap((run): Answered[] => {
    const seed = run.seed ?? 0
    if (run.status === 'diverged') return [{ seed, predicted: null }]
    const predicted = run.status === 'finished' ? answersTo(ctx, loaded, run) : null
    return predicted === null ? [] : [{ seed, predicted }]
  })
}

const answersTo = (ctx: Context, loaded: LoadedExperiment, run: RunWithEvaluation): Int32Array | null =>
  readable(() => readScores(ctx, loaded, run).predicted)

/** What was read, or null where the stored file is gone or broken. */
function readable<Read>(read: () => Read): Read | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return null
  }
}

function differences(
  ctx: Context,
  loaded: LoadedExperiment,
  { arm, control }: { arm: readonly Answered[]; control: readonly Answered[] },
  labels: Int32Array,
): ClaimsPage['classes'] {
  const { protocol } = loaded
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
  const names = readClassNames(ctx, protocol.data.hash)
  return perClassDifferences({
    arm: correct(own),
    control: correct(other),
    labels,
    classes,
    paired,
    alpha: protocol.alpha,
    ...groupsArgument(ctx, loaded),
  }).map((one) => ({
    ...one,
    ...(names?.[one.label] === undefined ? {} : { name: names[one.label] }),
  }))
}

/**
 * Where the primary question has no word the classes have figures alone; where that is because a seed of either is damaged,
 * they are those of the other seeds, without an interval.
 */
function claimed(
  ctx: Context,
  loaded: LoadedExperiment,
  { armId, judged, found }: { armId: string; judged: boolean; found: ClaimsPage['classes'] },
): ClaimsPage['classes'] {
  if (judged || found === null) return found
  const lacking = [armId, loaded.control.id]
    .flatMap((id) => runsOf(loaded, id))
    .some((run) => isTrainedAgain(run) || predictionsFault(ctx, loaded, run) !== null)
  return found.map((one) => ({
    ...one,
    interval: lacking ? null : one.interval,
    holmP: null,
    shown: null,
  }))
}

function byTeacher(
  ctx: Context,
  loaded: LoadedExperiment,
  { arm, control }: { arm: Answered[]; control: Answered[] },
  labels: Int32Array,
): ClaimsPage['byTeacher'] {
  const run = runsOf(loaded, 'teacher').find(({ status }) => status === 'finished')
  const teacher = run === undefined ? null : answersTo(ctx, loaded, run)
  if (teacher === null || arm.length === 0 || control.length === 0) return null
  const { classes } = loaded.protocol.data
  return {
    arm: splitByTeacher(arm, teacher, labels, classes),
    control: splitByTeacher(control, teacher, labels, classes),
  }
}
