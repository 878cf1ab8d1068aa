import type { EventRow } from './event-row.ts'
import type { TortureResult } from './run-torture.ts'

const head = [
  'event',
  'tried',
  'lost',
  'doubled',
  'orphans',
  'workers gone after',
  'times back',
  'same table',
  'goes on after',
  'remarks',
]

/** The result as a table in Markdown, one line a kind, and what it was judged on. */
export function describeResult(result: TortureResult): string {
  const rows = grouped(result.events).map(([kind, events]) => lineOf(kind, events))
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  const { points, lines, client } = result.acknowledged
  const count = (figure: number): string => figure.toLocaleString('en')
  return [
    ...table,
    '',
    `${result.events.length} events in ${result.experiments} experiments, ${result.seconds} s, seed ${result.seed}. Looked for again: ${count(points)} points and ${count(lines)} log lines of trainings that the live stream had shown, ${count(client)} points of clients that were answered.`,
  ].join('\n')
}

function lineOf(kind: string, events: readonly EventRow[]): string[] {
  const tried = events.filter(({ lost }) => lost !== null)
  const sum = (value: (row: EventRow) => number | null): string =>
    tried.length === 0 ? '–' : String(tried.reduce((total, row) => total + (value(row) ?? 0), 0))
  const same = tried.filter(({ sameTable }) => sameTable === true).length
  return [
    kind,
    String(tried.length),
    sum(({ lost }) => lost),
    sum(({ doubled }) => doubled),
    sum(({ orphans }) => orphans),
    spread(tried.flatMap(({ goneMs }) => goneMs ?? [])),
    sum(({ backward }) => backward),
    tried.length === 0 ? '–' : same === tried.length ? 'yes' : `${same} of ${tried.length}`,
    spread(tried.flatMap(({ recoveredMs }) => recoveredMs ?? [])),
    [...new Set(events.flatMap(({ note }) => (note === '' ? [] : [note])))].slice(0, 3).join('; '),
  ]
}

/** "0.4 to 1.2 s" */
function spread(times: readonly number[]): string {
  if (times.length === 0) return '–'
  const [least, most] = [Math.min(...times), Math.max(...times)].map((ms) => (ms / 1000).toFixed(1))
  return least === most ? `${least} s` : `${least} to ${most} s`
}

function grouped(events: readonly EventRow[]): [string, EventRow[]][] {
  const groups = new Map<string, EventRow[]>()
  for (const event of events) groups.set(event.kind, [...(groups.get(event.kind) ?? []), event])
  return [...groups].toSorted(([one], [other]) => one.localeCompare(other))
}
