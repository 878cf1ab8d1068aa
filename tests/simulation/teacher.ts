import type { Random } from '../../core/random/create-random.ts'
import { againstTeacher } from '../../core/statistics/variance/against-teacher.ts'
import { readTeacherWord } from '../../core/judging/teacher-word.ts'
import { gapRecovered } from '../../core/statistics/gap/gap-recovered.ts'
import { halfWidth, intervals } from '../../core/statistics/variance/interval.ts'
import { normalCdf } from '../../core/mathematics/quantiles.ts'
import { createNormal } from './create-normal.ts'
import { accuracyAt, probitDraws, type ProbitRegime } from './probit-design.ts'
import { createTally, rowOf, type Row, shareOf, type Study, type Sums, withError } from './study.ts'

const study = 'teacher'
const counts = [3, 5, 10]
const examples = 500
const alpha = 0.05

/** The teacher is one more arm, of which one run counts. Nothing is common to runs of one seed. */
const regime: ProbitRegime = {
  name: 'teacher',
  example: 1,
  armExample: 0.4,
  seed: 0,
  armSeed: 0.05,
  noise: 0.4,
}
const controlMu = 0.9
const armMu = 1.3
const teacherMu = 1.7

/** True accuracy of one checkpoint, whose own seed has shifted it by v. */
const checkpointAccuracy = (mu: number, v: number): number =>
  normalCdf((mu + v) / Math.hypot(regime.example, regime.armExample, regime.noise))

const simulate =
  (seeds: number) =>
  (random: Random, replicates: number): Sums => {
    const tally = createTally()
    const normal = createNormal(random)
    const { draw, correct, armSeeds } = probitDraws(regime, [3, seeds, examples], normal)
    const [control = [], arm = [], [teacher = new Float64Array(examples)] = []] = correct
    const [ofControl, ofArm] = [accuracyAt(controlMu, regime), accuracyAt(armMu, regime)]
    for (let r = 0; r < replicates; r++) {
      draw([controlMu, armMu, teacherMu])
      const ofTeacher = checkpointAccuracy(teacherMu, armSeeds[2]?.[0] ?? 0)
      const loss = ofTeacher - ofArm
      const recovered = (ofArm - ofControl) / (ofTeacher - ofControl)
      const parts = againstTeacher(arm, [teacher], 1)
      tally.add('covered', Math.abs(parts.estimate + loss) <= halfWidth(parts, alpha))
      // The student is worse by exactly the margin, so "as good" is wrong.
      const { word } = readTeacherWord(intervals(parts, alpha, 1).individual, loss)
      tally.add('as good', word === 'as good' || word === 'better')
      for (const paired of [true, false]) {
        const { interval } = gapRecovered({ arm, control, teacher, paired, range: 1, alpha })
        if (interval === null) continue
        tally.add(`shown ${paired}`, true)
        tally.add(`gap ${paired}`, interval[0] <= recovered && interval[1] >= recovered)
      }
    }
    return tally.sums
  }

const cellName = (seeds: number): string => `S=${seeds}`

/** Students against one fixed checkpoint, and the share of its lead that they recover. */
export const teacherStudy: Study = {
  name: study,
  title: `Against one teacher, N = ${examples}`,
  cells: counts.map((seeds) => ({
    name: cellName(seeds),
    replicates: 4000,
    short: 1000,
    simulate: simulate(seeds),
  })),
  judge: (results, judging) => {
    const rows: Row[] = []
    const add = (
      name: string,
      key: string,
      of: string | null,
      limits: (n: number) => Parameters<typeof rowOf>[2],
    ): void => {
      for (const seeds of counts) {
        const result = results.get(cellName(seeds))
        if (result === undefined) continue
        const replicates = of === null ? result.replicates : (result.sums[of] ?? 0)
        const share = shareOf({ ...result, replicates }, key)
        rows.push(rowOf({ study, name, seeds }, share, limits(result.replicates), judging))
      }
    }
    add('student − teacher: 95 % interval covers', 'covered', null, () => ({
      nominal: 0.95,
      low: 0.94,
      high: 0.985,
    }))
    add('student worse by exactly the margin: said to be as good', 'as good', null, (n) => ({
      nominal: 0.025,
      high: withError(0.025, n),
      error: () => 0,
    }))
    const gap = { nominal: 0.95, low: 0.94 }
    add('gap recovered, paired: 95 % set covers', 'gap true', 'shown true', () => ({ ...gap, high: 0.985 }))
    add('gap recovered, unpaired: 95 % set covers', 'gap false', 'shown false', () => ({
      ...gap,
      high: 0.995,
    }))
    return rows
  },
}
