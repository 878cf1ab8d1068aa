import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import type { FormState } from './form-state.ts'
import { ranges } from '../../../core/planning/ranges.ts'
import { countOf, countsOf, readList } from './read-number.ts'
import type { Reading } from './reading.ts'

type Looks = Pick<ExperimentDraftInput, 'seeds' | 'moreLooks' | 'continuation'>

/** Seeds of the last look of an extension: as typed, or twice the first where nothing is; null for what is no list. */
export function lastExtension({ seeds, looks }: Pick<FormState, 'seeds' | 'looks'>): number | null {
  if (looks.trim() !== '') return countsOf(looks)?.at(-1) ?? null
  const first = countOf(seeds)
  return first === null ? null : 2 * first
}

/** Seeds of each arm at the last look of a form; null while they cannot be read. */
export function lastSeeds(form: Pick<FormState, 'after' | 'seeds' | 'looks'>): number | null {
  switch (form.after) {
    case 'one-look':
      return countOf(form.seeds)
    case 'extension':
      return lastExtension(form)
    case 'until-decided':
      return countsOf(form.looks)?.at(-1) ?? null
  }
}

/** Seeds and looks of the draft. Whether they rise and how far they may go is for the API to say. */
export function readLooks(form: FormState, { problems, number }: Reading): Looks {
  switch (form.after) {
    case 'one-look':
      return { seeds: number('seeds', form.seeds, ranges.seeds), moreLooks: [] }
    case 'extension': {
      const seeds = number('seeds', form.seeds, ranges.seeds)
      if (form.looks.trim() === '') return { seeds, moreLooks: [2 * seeds], continuation: 'on-request' }
      const found = readList(
        form.looks,
        (looks) => looks.length > 0 && looks.length < 20,
        'A whole number above the first seeds; several, such as “10, 20”, are further looks.',
      )
      if ('problem' in found) problems['moreLooks'] = found.problem
      return { seeds, moreLooks: 'values' in found ? found.values : [], continuation: 'on-request' }
    }
    case 'until-decided': {
      const found = readList(
        form.looks,
        (looks) => looks.length >= 2 && looks.length <= 20,
        'Two to 20 whole numbers that rise, such as “3, 5, 10”.',
      )
      if ('problem' in found) problems['moreLooks'] = found.problem
      const [first = 0, ...further] = 'values' in found ? found.values : []
      return { seeds: first, moreLooks: further, continuation: 'until-decided' }
    }
  }
}
