/**
 * 4 R²/N²: what C lacks where few examples disagree, or none. It is as if two examples more had come out each way, in the
 * manner of Bonett and Price (Stat. Methods Med. Res. 21, 2012): a kind of example on which an arm always fails, and of which
 * the test set holds few by chance, does not pass as "no difference".
 * @param range R of the scores. @param units N test examples, or G groups of them.
 */
export const unseenVariance = (range: number, units: number): number => (4 * range * range) / (units * units)
