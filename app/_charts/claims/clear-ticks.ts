import { textWidth } from '../fit-name.ts'
import type { StripTick } from './strips.ts'

/** Pixels of a plot on a small phone, between the names and the page's edge. */
const narrowest = 250
const gap = 6

/** Percent of the narrowest plot that a text takes. */
const share = (text: string): number => ((textWidth(text) * 11) / 12 / narrowest) * 100

/** Whether texts in the middle of two places keep apart on the narrowest plot. */
export const keepApart = (a: { at: number; text: string }, b: { at: number; text: string }): boolean =>
  Math.abs(a.at - b.at) >= (share(a.text) + share(b.text)) / 2 + (gap / narrowest) * 100

/** Zero and what is named say more than a number between them. */
const weight = ({ text }: StripTick): number => (text === '0' || /[a-z%]/.test(text) ? 0 : 1)

/** Ticks without those that would run into one that says more, or into the one before, where room is smallest. */
export function clearTicks(ticks: readonly StripTick[]): StripTick[] {
  const kept: StripTick[] = []
  for (const tick of [...ticks].sort((a, b) => weight(a) - weight(b) || a.at - b.at)) {
    const touches = kept.some(
      (other) => (other.above ?? false) === (tick.above ?? false) && !keepApart(other, tick),
    )
    if (!touches) kept.push(tick)
  }
  return ticks.filter((tick) => kept.includes(tick))
}
