import { readFileSync } from 'node:fs'

interface Planning {
  teacher: number[]
  expected: {
    seeds_needed_for_rope: { S: number | null; N_factor: number }
    seeds_needed_sd80: { S: number | null; N_factor: number }
    sd: number
    sd80: number
    power_at_rope: number
    vs_teacher: {
      delta: number
      A: number
      C: number
      lower: number
      upper: number
      noninferior_within_rope: boolean
    }
    gap_recovered: { ratio: number; lo: number; hi: number }
  }[]
  debiased_ce2: { conf: number[]; corr: number[]; bins: number; value: number }
  published: {
    dunnett_q: { M3_df10: number; M5_df4: number; M5_df2: number; M2_df20: number }
    power: { n8_d05_sd04: number }
    avlm: { g01_n5: number; g01_n10: number; g01_n20: number }
    fieller: { a: number; b: number; va: number; vb: number; cab: number; t: number; lo: number; hi: number }
    mlperf_min_queries_c99_d0: { p90: Record<string, number>; p99: Record<string, number> }
    sleep_tost_pm3: number
    mcnemar: { table: [[number, number], [number, number]]; chi2_cc: number; p_cc: number; p_exact: number }
    quantiles: { chi2_20: Record<string, number> }
  }
}

const text = readFileSync(new URL('../golden/statistics-planning.json', import.meta.url), 'utf8')
// The file is part of the repository; its shape is the interface above.
export const planning = JSON.parse(text) as Planning
