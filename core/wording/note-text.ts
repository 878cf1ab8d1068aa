import type { DroppedSeed, Note } from '../judging/note.ts'
import { fewestUnits } from '../judging/word-rules.ts'
import { whyText } from './no-word-text.ts'
import { counted, joinAnd } from '../text/grammar.ts'
import { seedList, withinSentence } from './phrases.ts'

const alikeText = ({ known, units, grouped, rightOrWrong }: Extract<Note, { kind: 'alike' }>): string => {
  const what = known === 'predictions' ? 'identical predictions' : 'equal scores'
  const on = `${what} on ${counted(units, grouped ? 'group' : 'example')}`
  return rightOrWrong && units >= fewestUnits
    ? `${on}, where a difference of 3/${units} would not have shown`
    : on
}

const droppedText = (seeds: readonly DroppedSeed[], against: string): string => {
  const why = (one: DroppedSeed): string =>
    one.of === 'arm' ? whyText(one.why) : `${against}: ${whyText(one.why)}`
  const causes = [...new Set(seeds.map(why))]
  const without = causes.map((cause) => {
    const own = seeds.filter((one) => why(one) === cause).map(({ seed }) => seed)
    return `${seedList(own)} (${cause})`
  })
  return `without ${joinAnd(without)}`
}

/**
 * One remark beside a comparison.
 * @param against the name of what it is compared with, as it begins a sentence; null: the control.
 */
export const noteText = (note: Note, against: string | null): string => {
  switch (note.kind) {
    case 'alike':
      return alikeText(note)
    case 'spread-floored':
      return 'seed spread floored'
    case 'given-up':
      return 'not decidable with this test set'
    case 'diverged':
      return `diverged: ${seedList(note.seeds)}`
    case 'control-diverged':
      return `${against ?? 'control'} diverged: ${seedList(note.seeds)}`
    case 'dropped':
      return droppedText(note.seeds, against ?? 'control')
    case 'read-earlier':
      return `read at ${note.seeds} seeds, where ${withinSentence(against ?? 'the control')} was decided`
  }
}
