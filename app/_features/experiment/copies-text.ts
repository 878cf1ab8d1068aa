import type { DataSpec } from '../../../core/contracts/protocol.ts'
import { counted } from '../../_ui/format.ts'

/** "1,332 rows repeat another one; 3 sets of equal rows have more than one label." */
export function copiesText({ copies, twoLabels }: NonNullable<DataSpec['groups']>): string {
  if (copies === 0) return 'No two rows are equal.'
  const differing =
    twoLabels === 0
      ? ''
      : `; ${counted(twoLabels, 'set', 'sets')} of equal rows ${twoLabels === 1 ? 'has' : 'have'} more than one label`
  return `${counted(copies, 'row repeats', 'rows repeat')} another one${differing}.`
}
