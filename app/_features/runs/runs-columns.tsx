import {
  createColumnHelper,
  createExpandedRowModel,
  createSortedRowModel,
  rowExpandingFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { TableRow } from './run-groups.ts'

/** What the table can do: sort arms and the seeds inside them, and open arms. */
export const runsFeatures = tableFeatures({
  rowSortingFeature,
  rowExpandingFeature,
  sortedRowModel: createSortedRowModel(),
  expandedRowModel: createExpandedRowModel(),
})

const helper = createColumnHelper<typeof runsFeatures, TableRow>()

export interface ColumnText {
  id: string
  name: string
  /** Unit and direction. */
  remark: string
}

/** The columns that sort, with their heads. Values are the stored ones; a missing value sorts last. */
export const columnTexts = {
  arm: { id: 'arm', name: 'Arm, then seed', remark: '' },
  state: { id: 'state', name: 'State', remark: 'one cell a seed' },
  n: { id: 'n', name: 'n', remark: '' },
  accuracy: { id: 'accuracy', name: 'Accuracy', remark: '%, higher is better' },
  difference: { id: 'difference', name: 'Against the control', remark: '' },
  nll: { id: 'nll', name: 'NLL', remark: 'nat, lower' },
  gap: { id: 'gap', name: 'Gap', remark: 'points, lower' },
  steps: { id: 'steps', name: 'Steps', remark: 'epochs' },
  duration: { id: 'duration', name: 'Duration', remark: 'arm: median' },
} as const satisfies Record<string, ColumnText>

const last = { sortUndefined: 'last' } as const

export const runsColumns = helper.columns([
  helper.accessor((row) => (row.kind === 'seed' ? row.run.seed : undefined), { id: 'arm', ...last }),
  helper.accessor((row) => (row.kind === 'seed' ? row.run.status : row.children.length), {
    id: 'state',
    enableSorting: false,
  }),
  helper.accessor((row) => (row.kind === 'arm' ? row.n : undefined), {
    id: 'n',
    enableSorting: false,
  }),
  helper.accessor((row) => metric(row, 'test/accuracy', 'accuracy'), { id: 'accuracy', ...last }),
  helper.accessor(
    (row) => (row.kind === 'arm' ? row.difference?.estimate : (row.run.difference ?? undefined)),
    { id: 'difference', ...last },
  ),
  helper.accessor((row) => metric(row, 'test/nll', 'nll'), { id: 'nll', ...last }),
  helper.accessor((row) => metric(row, 'gap/accuracy', 'gap'), { id: 'gap', ...last }),
  helper.accessor((row) => (row.kind === 'arm' ? row.steps : row.run.steps) ?? undefined, {
    id: 'steps',
    ...last,
  }),
  helper.accessor((row) => (row.kind === 'arm' ? row.durationMs : row.run.durationMs) ?? undefined, {
    id: 'duration',
    ...last,
  }),
])

function metric(row: TableRow, key: string, of: 'accuracy' | 'nll' | 'gap'): number | undefined {
  return row.kind === 'arm' ? row[of]?.mean : row.run.metrics[key]
}
