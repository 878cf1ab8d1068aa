import { formatCount } from './format-number.ts'

/** "a", "a and b", "a, b and c" */
export const joinAnd = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`

/** The first letter large. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "1 seed", "8 seeds", "2,000 runs" */
export const counted = (count: number, one: string, many: string = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** "the one run", "both runs", "all 8 runs" */
export const allOf = (count: number, one: string, many: string = `${one}s`): string =>
  count === 1 ? `the one ${one}` : count === 2 ? `both ${many}` : `all ${formatCount(count)} ${many}`
