import { createRandom } from '../../core/random/create-random.ts'
import type { CalibrationRow } from '../../core/statistics/calibration/debiased-calibration.ts'
import {
  calibrationDifference,
  exampleGroups,
} from '../../core/statistics/calibration/calibration-difference.ts'
import type { JudgedArm, JudgeInput } from '../../core/judging/question.ts'
import { judgePrimary } from '../../core/judging/judge.ts'
import { judgeSmoothing } from '../../core/judging/judge-smoothing.ts'
import { judgeTeacher } from '../../core/judging/judge-teacher.ts'
import { readWhere } from '../../core/judging/read-where.ts'
import { naiveParts, nestedScores, type Size } from './verdict-experiment.ts'

const metrics = ['accuracy', 'nll', 'brier', 'gap'] as const
type Metric = (typeof metrics)[number]
const distilled = 3

/** One run on the test examples: all that the questions of an experiment are asked of. */
interface BenchRun extends Record<Metric, Float64Array>, CalibrationRow {}

/** The runs of every arm, the control first, and the scores of the teacher's checkpoint. */
export interface FamiliesExperiment {
  runs: BenchRun[][]
  teacher: Float64Array
}

/** Confidences of two classes about an ease of each example, the same for all runs. */
export const familiesExperiment = ({ arms, seeds, examples }: Size): FamiliesExperiment => {
  const random = createRandom('verdict bench, all families')
  const ease = Float64Array.from({ length: examples }, () => 0.8 + 0.2 * random.nextFloat())
  const drawRun = (gain: number): BenchRun => {
    const right = ease.map((chance) =>
      Math.min(Math.max(chance + gain + 0.1 * random.nextFloat() - 0.05, 0.05), 0.995),
    )
    const correct = Uint8Array.from(right, (chance) => (random.nextFloat() < chance ? 1 : 0))
    const ofLabel = right.map((chance, i) => (correct[i] === 1 ? chance : 1 - chance))
    const training = 0.95 + 0.01 * random.nextFloat()
    return {
      correct,
      confidence: right,
      accuracy: Float64Array.from(correct),
      nll: ofLabel.map((p) => Math.log(p)),
      brier: ofLabel.map((p) => -2 * (1 - p) ** 2),
      gap: Float64Array.from(correct, (value) => value - training),
    }
  }
  const gains = Array.from({ length: arms + 1 }, (_, arm) => Math.max(arm - 1, 0) * 0.004)
  return {
    runs: gains.map((gain) => Array.from({ length: seeds }, () => drawRun(gain))),
    teacher: drawRun(0.02).accuracy,
  }
}

const inputOf = ({ runs }: FamiliesExperiment, metric: Metric): JudgeInput => {
  const [control, ...arms] = runs.map((own, arm): JudgedArm => ({
    id: `arm-${arm}`,
    label: `Arm ${arm}`,
    seeds: own.map((run, s) => ({ seed: s + 1, state: 'finished', scores: run[metric] })),
  }))
  if (control === undefined) throw new RangeError('runs: there is no control')
  return {
    metric,
    margin: metric === 'nll' ? 0.02 : 0.005,
    alpha: 0.05,
    paired: true,
    corrected: arms.length,
    plannedSeeds: control.seeds.map(({ seed }) => seed),
    stopped: false,
    control,
    arms,
  }
}

/** Everything that the Verdict page asks of the statistics once an experiment has ended. @returns comparisons made. */
export const judgeFamilies = (experiment: FamiliesExperiment): number => {
  const { runs, teacher } = experiment
  const input = inputOf(experiment, 'accuracy')
  const primary = judgePrimary(input)
  const readAt = readWhere(primary)
  const secondary = metrics
    .filter((metric) => metric !== 'accuracy')
    .flatMap((metric) => judgePrimary({ ...inputOf(experiment, metric), family: metric, readAt }))
  const students = input.arms.slice(0, distilled)
  const smoothing = judgeSmoothing({
    ...input,
    arms: students,
    regularisers: input.arms.slice(distilled),
    primary: readAt,
  })
  const againstTeacher = judgeTeacher({
    ...input,
    arms: students,
    corrected: students.length,
    readAt,
    teachers: [teacher],
  })
  const [control = [], ...arms] = runs
  const groups = exampleGroups(teacher.length, 'verdict bench')
  const calibration = arms.map((arm) =>
    calibrationDifference({ arm, control, paired: true, alpha: 0.05, corrected: arms.length, groups }),
  )
  return [primary, secondary, smoothing, againstTeacher, calibration].flat().length
}

/** The variances of the families that compare two tables, as one would first write them. @returns comparisons made. */
export const naiveFamilies = (experiment: FamiliesExperiment): number => {
  let made = 0
  for (const metric of metrics) {
    const { control, arms } = inputOf(experiment, metric)
    const others = metric === 'accuracy' ? [control, ...arms.slice(distilled)] : [control]
    for (const other of others)
      for (const arm of other === control ? arms : arms.slice(0, distilled)) {
        naiveParts(nestedScores(arm), nestedScores(other))
        made++
      }
  }
  return made
}
