import type { QualityColumns } from './quality-columns.ts'

/** What the labels of a split say. */
export interface Truth {
  /** [N], each 0 to classes − 1. */
  labels: Int32Array
  classes: number
}

/** How a figure of one run on one split is shown. */
export interface Figure {
  /** After the name of the split: "Test accuracy". */
  label: string
  /** At the head of a row or column. */
  heading: string
  /** As shown: accuracies and agreement in percent, ECE and gap in points, both stored as fractions. */
  unit: '%' | 'points' | 'nat' | ''
  /** Which way is better; `none` where neither is. */
  direction: 'higher' | 'lower' | 'none'
  /** After the point, in tables. */
  digits: number
  /** Stored value times this is the shown one. */
  scale: 1 | 100
}

/** How differences of a metric are said. */
export interface Saying {
  noun: string
  /** What is measured times this is what is said. */
  scale: 1 | 100
  /** In sentences, and in the page's tables. */
  digits: number
  tableDigits: number
  /** Of an amount; empty where there is no unit. */
  one: string
  many: string
  better: string
  worse: string
  /** Before a signed amount: what is better is positive, also where lower is better, and a negative one is no improvement. */
  lead: string
  /** The difference as the subject of a sentence. */
  difference: string
}

/** What a question about a metric needs to be judged. */
export interface Judged extends Saying {
  /**
   * R, within which the scores of one example lie, of a metric whose bounds say something of what happens; else 0: how far
   * a rare catastrophe could go that the test set does not hold is then unknown, and nothing is added for it.
   */
  range: number
  /** Smallest difference that matters, unless another is chosen, in the metric's own units. @param test examples */
  usualMargin: (test: number) => number
}

/** Of a metric that an experiment can be decided by. */
export interface Primary {
  /** On the test set: "test accuracy". */
  measured: string
  /** Guessed standard deviation between seeds at 10,000 test examples, before any experiment. */
  guessedSeedSd: number
  /** What a method did to the student, beside the same student trained alone. */
  made: { better: string; worse: string }
  /** The same in few words, before an amount. */
  moved: { better: string; worse: string }
}

export interface MetricCard<Name extends string = string> {
  name: Name
  figure: Figure
  /** Of one run, from its columns; left out where it takes more than these (a teacher, two splits). */
  of?: (columns: QualityColumns, truth: Truth) => number
  /** Of the even guess over the classes, which is what a diverged run is worth; left out where a guess has none. */
  evenGuess?: (classes: number) => number
  /** Per example, higher is better: what comparisons are made on. */
  scores?: (columns: QualityColumns) => Float64Array
  judged?: Judged
  primary?: Primary
  /** Why it never has a word, where it has none. */
  withoutWord?: string
}

/** Of metrics of which a lower figure is better, or whose difference has no short name. */
export const betterAboveZero = (noun: string): Pick<Saying, 'noun' | 'lead' | 'difference'> => ({
  noun,
  lead: `a difference in ${noun} (above 0 is better) of `,
  difference: `the difference in ${noun} (above 0 is better)`,
})

export const negated = (values: Float64Array): Float64Array => values.map((value) => 0 - value)

/** Keeps the literal name of a card. */
export const defineMetric = <const Name extends string, Card extends MetricCard<Name>>(
  card: Card & { name: Name },
): Card & { name: Name } => card
