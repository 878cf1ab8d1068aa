/**
 * About a quarter of the labels, as many of each class; null where no smaller number has one of each.
 * @param perSeed labelled training examples a student sees. @param classes of the data.
 */
export function fewerLabels(perSeed: number, classes: number): number | null {
  const quarter = Math.max(1, Math.round(perSeed / 4 / classes)) * classes
  return quarter < perSeed ? quarter : null
}
