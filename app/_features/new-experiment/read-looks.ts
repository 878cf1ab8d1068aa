import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import type { FormState } from './form-state.ts'
import { ranges } from './ranges.ts'
import { countsProblem, readCounts, readNumber } from './read-number.ts'
import type { Problems, ReadNumber } from './to-draft.ts'

type Looks = Pick<ExperimentDraftInput, 'seeds' | 'moreLooks' | 'continuation'>

/** Seeds of the second look: as typed, or twice the first where nothing is; null for what is no number. */
export function secondLook({ seeds, looks }: Pick<FormState, 'seeds' | 'looks'>): number | null {
  if (looks.trim() !== '') return readNumber(looks)
  const first = readNumber(seeds)
  return first === null ? null : 2 * first
}

/** Seeds of each arm at the last look of a form; null while they cannot be read. */
export function lastSeeds(form: Pick<FormState, 'after' | 'seeds' | 'looks'>): number | null {
  switch (form.after) {
    case 'one-look':
      return readNumber(form.seeds)
    case 'extension':
      return secondLook(form)
    case 'until-decided':
      return readCounts(form.looks)?.at(-1) ?? null
  }
}

/** Seeds and looks of the draft. Whether they rise and how far they may go is for the API to say. */
export function readLooks(form: FormState, problems: Problems, number: ReadNumber): Looks {
  switch (form.after) {
    case 'one-look':
      return { seeds: number('seeds', form.seeds, ranges.seeds), moreLooks: [] }
    case 'extension': {
      const seeds = number('seeds', form.seeds, ranges.seeds)
      const second = form.looks.trim() === '' ? 2 * seeds : number('moreLooks', form.looks, ranges.seeds)
      return { seeds, moreLooks: [second], continuation: 'on-request' }
    }
    case 'until-decided': {
      const looks = readCounts(form.looks)
      const [first, ...further] = looks ?? []
      if (looks === null || first === undefined || further.length === 0) {
        problems['moreLooks'] = countsProblem(
          form.looks,
          'At least two whole numbers that rise, such as “3, 5, 10”.',
        )
      } else if (looks.length > 20) problems['moreLooks'] = 'At most 20 looks.'
      return { seeds: first ?? 0, moreLooks: further, continuation: 'until-decided' }
    }
  }
}
