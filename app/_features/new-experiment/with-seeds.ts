import type { FormState } from './form-state.ts'
import { countOf, countsOf } from './read-number.ts'

/** Below this there is no word at a look. */
const fewest = 3

/**
 * The fields of a form whose last look has so many seeds: what the slider and the table choose. Looks before it that
 * would no longer lie below it give way.
 */
export function withSeeds(form: FormState, seeds: number): Partial<FormState> {
  switch (form.after) {
    case 'one-look':
      return { seeds: String(seeds) }
    case 'extension': {
      const last = Math.max(seeds, fewest + 1)
      const first = countOf(form.seeds) ?? fewest
      const before = (countsOf(form.looks) ?? []).slice(0, -1).filter((look) => look > first && look < last)
      return {
        looks: [...before, last].join(', '),
        ...(first < last ? {} : { seeds: String(firstOf(last)) }),
      }
    }
    case 'until-decided': {
      const last = Math.max(seeds, fewest + 1)
      const before = (countsOf(form.looks) ?? []).slice(0, -1).filter((look) => look < last)
      return { looks: [...(before.length > 0 ? before : [firstOf(last)]), last].join(', ') }
    }
  }
}

const firstOf = (last: number): number => Math.max(fewest, Math.floor(last / 2))
