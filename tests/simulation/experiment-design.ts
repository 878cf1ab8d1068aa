import { accuracyAt, latentSd, probitDraws, type ProbitRegime } from './probit-design.ts'

/** M confirmatory arms: two distillation arms and two regularisation controls; arm 0 is the control. */
export const corrected = 4
export const distillation = [1, 2]
export const regularisation = [3, 4]

/** Where each confirmatory arm truly stands to the control, in margins. */
export interface Truth {
  name: string
  gains: readonly number[]
  /** The margin as a share of what a better arm gains. */
  share: number
}

/**
 * Where an error is most likely: at exactly a wide margin, and at 0 with a margin so narrow that no interval is within it.
 * `half` has every pair (distillation, regularisation) at the margin.
 */
export const truths: readonly Truth[] = [
  { name: 'all at 0', gains: [0, 0, 0, 0], share: 1 },
  { name: 'all at 0, narrow margin', gains: [0, 0, 0, 0], share: 0.1 },
  { name: 'all at the margin', gains: [1, 1, 1, 1], share: 1 },
  { name: 'half at the margin', gains: [1, 1, 0, 0], share: 1 },
  { name: 'one at the margin', gains: [1, 0, 0, 0], share: 1 },
]

export const regime: ProbitRegime = {
  name: 'experiment',
  example: 1,
  armExample: 0.3,
  seed: 0.03,
  armSeed: 0.04,
  noise: 0.5,
}

const controlMu = 0.9
const betterMu = 1.35
/** Turns a latent score into the logit of the probability given to the right class. */
const sharpness = 1.7
/** How a run's training accuracy moves with its seed, beside what moves its test accuracy. */
const trainingSpread = 0.01

const nll = (z: number): number => -Math.log1p(Math.exp(-sharpness * z))
const brier = (z: number): number => -2 / (1 + Math.exp(sharpness * z)) ** 2

/** E f(μ + σ Z), Z standard normal: Simpson's rule over ±9. */
const expected = (f: (z: number) => number, mu: number): number => {
  const sd = latentSd(regime)
  const steps = 1800
  let sum = 0
  for (let k = 0; k <= steps; k++) {
    const x = -9 + (18 * k) / steps
    const weight = k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2
    sum += weight * f(mu + sd * x) * Math.exp((-x * x) / 2)
  }
  return (sum * (18 / steps)) / 3 / Math.sqrt(2 * Math.PI)
}

const gain = (f: (z: number) => number): number => expected(f, betterMu) - expected(f, controlMu)

/** What the better arms gain on each question: the margins, so that every question stands at its own at once. */
export const fullGains = {
  accuracy: accuracyAt(betterMu, regime) - accuracyAt(controlMu, regime),
  nll: gain(nll),
  brier: gain(brier),
  gap: 0.05,
}

export type Question = keyof typeof fullGains
/** [arm][seed] → N, higher is better. */
export type Scores = Float64Array[][]

/**
 * Experiments of five arms whose questions share their runs, as they do in the product.
 * The gap's score is test − training accuracy: a shift of each row, since the training set is fixed.
 */
export const experiments = (
  [seeds, examples]: readonly [seeds: number, examples: number],
  normal: () => number,
  questions: readonly Question[],
): { draw: (truth: Truth) => void; scores: Record<Question, Scores> } => {
  const { draw, latent, correct, armSeeds } = probitDraws(regime, [corrected + 1, seeds, examples], normal)
  const empty = (question: Question): Scores =>
    questions.includes(question) ? latent.map((rows) => rows.map((row) => new Float64Array(row.length))) : []
  const scores = { accuracy: correct, nll: empty('nll'), brier: empty('brier'), gap: empty('gap') }

  const score = (into: Scores, from: Scores, f: (z: number) => number): void => {
    for (const [a, rows] of into.entries())
      for (const [s, row] of rows.entries()) {
        const z = from[a]?.[s]
        for (let i = 0; i < row.length; i++) row[i] = f(z?.[i] ?? 0)
      }
  }
  return {
    scores,
    draw: ({ gains }) => {
      const better = [0, ...gains]
      draw(better.map((share) => (share === 1 ? betterMu : controlMu)))
      score(scores.nll, latent, nll)
      score(scores.brier, latent, brier)
      for (const [a, rows] of scores.gap.entries()) {
        const share = better[a] ?? 0
        // Test accuracy rises with the arm; what the gap shrinks by on top of that is asked for.
        const training = share * (fullGains.accuracy - fullGains.gap)
        for (const [s, row] of rows.entries()) {
          const shift = training + 0.1 * (armSeeds[a]?.[s] ?? 0) + trainingSpread * normal()
          const right = correct[a]?.[s]
          for (let i = 0; i < row.length; i++) row[i] = (right?.[i] ?? 0) - shift
        }
      }
    },
  }
}

/** A word that the truth contradicts, and a word of size that does. @param truth in the units of the interval. */
export const wrongWord = (
  { word, detail }: { word: string; detail: string },
  truth: number,
  margin: number,
): boolean => {
  // Sums of the true differences are rounded.
  const slack = 1e-12
  if (word === 'no practical difference') return Math.abs(truth) >= margin - slack
  if (word === 'helped') return truth <= slack || (detail === 'by-margin' && truth < margin - slack)
  if (word === 'hurt') return truth >= -slack || (detail === 'by-margin' && truth > -margin + slack)
  return false
}
