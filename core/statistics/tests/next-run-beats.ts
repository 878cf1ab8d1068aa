/**
 * How often one run beats another: U/(S_a S_b), the share of pairs of a run of the arm and a run of the control in which
 * the arm's mean score is higher, ties counted half (Mann and Whitney 1947). Description: it has no interval.
 * @param arm and control: one mean score a seed, higher is better.
 * @throws RangeError where either is empty.
 */
export const nextRunBeats = (arm: ArrayLike<number>, control: ArrayLike<number>): number => {
  if (arm.length === 0 || control.length === 0) throw new RangeError('nextRunBeats: no runs')
  let wins = 0
  for (let s = 0; s < arm.length; s++) {
    for (let t = 0; t < control.length; t++) {
      const difference = (arm[s] ?? 0) - (control[t] ?? 0)
      wins += difference > 0 ? 1 : difference === 0 ? 0.5 : 0
    }
  }
  return wins / (arm.length * control.length)
}
