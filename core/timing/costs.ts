/**
 * What takes time in this product, as counts of things whose price is a machine's own. A piece of work is how many of
 * each it holds; a machine is what one of each costs in milliseconds.
 */
export const parts = [
  /** A process that loads an engine. */
  'process',
  /** A training outside its steps and passes: its data, its files, its place in the queue. */
  'run',
  /** A layer in a gradient step: what a step costs whatever its size. */
  'layer',
  /** Multiply-accumulates of gradient steps, forwards and backwards. */
  'mac',
  /** A weight that a gradient step changes. */
  'weight',
  /** A value of a layer for an example of a step: read, activated, derived. */
  'cell',
  /** A class of an example, in float64: its share of a loss and its gradient, or of the quality of predictions. */
  'output',
  /** A unit that dropout decides about. */
  'draw',
  /** A layer in a call that predicts. */
  'call',
  /** Multiply-accumulates of predictions. */
  'passMac',
  /** A value of a layer for a predicted example. */
  'passCell',
] as const
export type Part = (typeof parts)[number]

/** How many of each part some work holds; what is left out is none. */
export type Work = Readonly<Partial<Record<Part, number>>>

/** Milliseconds of one of each part. */
export type Costs = Readonly<Record<Part, number>>

/** @returns milliseconds */
export const priceOf = (work: Work, costs: Costs): number =>
  parts.reduce((sum, part) => sum + (work[part] ?? 0) * costs[part], 0)

export const addWork = (...works: readonly Work[]): Work =>
  Object.fromEntries(
    parts.flatMap((part) => {
      const sum = works.reduce((total, work) => total + (work[part] ?? 0), 0)
      return sum === 0 ? [] : [[part, sum]]
    }),
  )

export const timesWork = (work: Work, factor: number): Work =>
  Object.fromEntries(parts.flatMap((part) => (work[part] === undefined ? [] : [[part, work[part] * factor]])))
