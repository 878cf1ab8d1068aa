import {
  calibrationDifference,
  exampleGroups,
  wholeExampleGroups,
} from '../../../core/statistics/calibration/calibration-difference.ts'
import type { CalibrationRow } from '../../../core/statistics/calibration/debiased-calibration.ts'
import type { CalibrationComparison } from '../../../core/contracts/verdict.ts'
import type { JudgedComparison } from '../../../core/judging/comparison.ts'
import type { Context } from '../context.ts'
import { runsOf, type LoadedExperiment } from '../experiments/load-experiment.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { readScores } from './read-scores.ts'
import { groupsArgument } from './test-data.ts'

/** Debiased calibration of every arm against the control, over the finished seeds at which the arm was read. */
export function compareCalibration(
  ctx: Context,
  loaded: LoadedExperiment,
  primary: readonly JudgedComparison[],
): CalibrationComparison[] {
  const { protocol, control } = loaded
  const { test, hash } = protocol.data
  const together = groupsArgument(ctx, loaded).groups
  const groups = together === undefined ? exampleGroups(test, hash) : wholeExampleGroups(together, hash)
  const rowsOf = rowReader(ctx, loaded)
  const divergedAt = (armId: string): number[] =>
    runsOf(loaded, armId).flatMap(({ status, seed }) =>
      status === 'diverged' && seed !== null ? [seed] : [],
    )
  return primary.flatMap(({ arm, look }): CalibrationComparison[] => {
    const seeds = protocol.seeds.slice(0, look.seeds)
    const [own, other] = [rowsOf(arm), rowsOf(control.id)]
    const [ownSeeds, otherSeeds] = [own, other].map((rows) => seeds.filter((seed) => rows.has(seed)))
    if (ownSeeds === undefined || otherSeeds === undefined) return []
    const common = ownSeeds.filter((seed) => other.has(seed))
    const pick = (rows: Map<number, CalibrationRow>, picked: readonly number[]): CalibrationRow[] =>
      picked.flatMap((seed) => rows.get(seed) ?? [])
    const input = {
      arm: pick(own, protocol.paired ? common : ownSeeds),
      control: pick(other, protocol.paired ? common : otherSeeds),
    }
    if (Math.min(input.arm.length, input.control.length) < 2) return []
    const { estimate, individual, simultaneous } = calibrationDifference({
      ...input,
      paired: protocol.paired,
      alpha: look.alpha,
      corrected: primary.length,
      groups,
    })
    const diverged = new Set([...divergedAt(arm), ...divergedAt(control.id)])
    const withoutSeeds = seeds.filter((seed) => diverged.has(seed))
    return [{ arm, estimate, individual, simultaneous, withoutSeeds }]
  })
}

/** Confidence and outcome by seed; a diverged run has none that could be calibrated. */
function rowReader(ctx: Context, loaded: LoadedExperiment): (armId: string) => Map<number, CalibrationRow> {
  const known = new Map<string, Map<number, CalibrationRow>>()
  return (armId) => {
    const rows = known.get(armId) ?? readRows(ctx, loaded, armId)
    known.set(armId, rows)
    return rows
  }
}

function readRows(ctx: Context, loaded: LoadedExperiment, armId: string): Map<number, CalibrationRow> {
  const rows = new Map<number, CalibrationRow>()
  for (const run of runsOf(loaded, armId)) {
    if (run.status !== 'finished' || run.seed === null) continue
    try {
      const { confidence, correct } = readScores(ctx, loaded, run)
      rows.set(run.seed, { confidence, correct })
    } catch (error) {
      // The verdict names it as missing.
      if (!(error instanceof DomainError)) throw error
    }
  }
  return rows
}
