import { normalCdf } from '../../core/mathematics/quantiles.ts'

/**
 * Standard deviations of the latent score z[a,s,i] = μ_a − b_i + g_ai + u_s + v_as + e_asi; an answer is right where
 * z > 0. b: how hard an example is; g: an arm's own hard examples; u: a seed in all arms; v: a seed in one arm.
 */
export interface ProbitRegime {
  name: string
  example: number
  armExample: number
  seed: number
  armSeed: number
  noise: number
}

export const probitRegimes: readonly ProbitRegime[] = [
  { name: 'tiny seed spread', example: 1, armExample: 0.3, seed: 0.01, armSeed: 0.01, noise: 0.5 },
  { name: 'moderate seed spread', example: 1, armExample: 0.2, seed: 0.05, armSeed: 0.06, noise: 0.5 },
  { name: 'strong arm by example', example: 1, armExample: 0.7, seed: 0.03, armSeed: 0.03, noise: 0.5 },
]

/** Standard deviation of z − μ. */
export const latentSd = ({ example, armExample, seed, armSeed, noise }: ProbitRegime): number =>
  Math.hypot(example, armExample, seed, armSeed, noise)

/** True accuracy of an arm: new seeds, new examples. */
export const accuracyAt = (mu: number, regime: ProbitRegime): number => normalCdf(mu / latentSd(regime))

/** Latent scores [arm][seed] → N, drawn over and over into the same memory. */
export interface ProbitDraws {
  /** μ_a is `mus[a]`. */
  draw: (mus: readonly number[]) => void
  /** z[a,s,i]. */
  latent: Float64Array[][]
  /** 1 where z > 0, else 0. */
  correct: Float64Array[][]
  /** v_as of the last draw. */
  armSeeds: Float64Array[]
}

export const probitDraws = (
  regime: ProbitRegime,
  [arms, seeds, examples]: readonly [arms: number, seeds: number, examples: number],
  normal: () => number,
): ProbitDraws => {
  const tables = (): Float64Array[][] =>
    Array.from({ length: arms }, () => Array.from({ length: seeds }, () => new Float64Array(examples)))
  const latent = tables()
  const correct = tables()
  const armSeeds = Array.from({ length: arms }, () => new Float64Array(seeds))
  const ease = new Float64Array(examples)
  const own = new Float64Array(examples)
  const together = new Float64Array(seeds)
  const draw = (mus: readonly number[]): void => {
    for (let i = 0; i < examples; i++) ease[i] = -regime.example * normal()
    for (let s = 0; s < seeds; s++) together[s] = regime.seed * normal()
    for (let a = 0; a < arms; a++) {
      const mu = mus[a] ?? 0
      for (let i = 0; i < examples; i++) own[i] = mu + (ease[i] ?? 0) + regime.armExample * normal()
      for (let s = 0; s < seeds; s++) {
        const shift = regime.armSeed * normal()
        const ofArm = armSeeds[a]
        if (ofArm) ofArm[s] = shift
        const both = shift + (together[s] ?? 0)
        const z = latent[a]?.[s]
        const right = correct[a]?.[s]
        if (z === undefined || right === undefined) continue
        for (let i = 0; i < examples; i++) {
          const value = (own[i] ?? 0) + both + regime.noise * normal()
          z[i] = value
          right[i] = value > 0 ? 1 : 0
        }
      }
    }
  }
  return { draw, latent, correct, armSeeds }
}
