import type { ReactNode } from 'react'
import type { RunPage } from '../../../core/contracts/views.ts'
import { prepareLine } from '../../_charts/prepare-line.ts'
import { count, counted } from '../../_ui/format.ts'
import { Section, WrittenText } from '../../_ui/page-parts.tsx'
import { loggedValue } from './logged-value.ts'

const WIDTH = 120
const HEIGHT = 28

/** What clients logged beside the training: each metric's course, and its last value. */
export function RunLogged({ page }: { page: RunPage }): ReactNode {
  const { keys, series } = page.logged
  if (keys === 0) return null
  return (
    <Section
      id="logged-heading"
      title="Logged beside the training"
      remark="By clients of this run; no verdict uses it."
    >
      <table className="w-full border-collapse text-13">
        <thead>
          <tr className="border-b border-line-strong text-12 text-ink-2">
            <th scope="col" className="pb-2 text-left font-medium">
              Metric
            </th>
            <th scope="col" className="pb-2 pl-4 text-left font-medium">
              By step
            </th>
            <th scope="col" className="pb-2 pl-4 text-right font-medium">
              Last value
            </th>
            <th scope="col" className="hidden pb-2 pl-4 text-right font-medium wide:table-cell">
              At step
            </th>
            <th scope="col" className="pb-2 pl-4 text-right font-medium">
              Steps
            </th>
          </tr>
        </thead>
        <tbody>
          {series.map((one) => (
            <LoggedRow key={one.key} series={one} />
          ))}
        </tbody>
      </table>
      {keys > series.length ? (
        <p className="mt-3 text-12 text-ink-3">
          The first {series.length} by name, of {counted(keys, 'metric')}.
        </p>
      ) : null}
    </Section>
  )
}

function LoggedRow({ series }: { series: RunPage['logged']['series'][number] }): ReactNode {
  const last = series.points.at(-1)
  return (
    <tr className="border-b border-line">
      <th scope="row" className="py-1.5 text-left font-normal">
        <WrittenText>{series.key}</WrittenText>
      </th>
      <td className="py-1.5 pl-4">
        <LoggedLine points={series.points} />
      </td>
      <td className="py-1.5 pl-4 text-right whitespace-nowrap">{last ? loggedValue(last[1]) : '–'}</td>
      <td className="hidden py-1.5 pl-4 text-right wide:table-cell">{last ? count(last[0]) : '–'}</td>
      <td className="py-1.5 pl-4 text-right">{count(series.steps)}</td>
    </tr>
  )
}

function LoggedLine({ points }: { points: [step: number, value: number][] }): ReactNode {
  const drawing = prepareLine(points, { width: WIDTH, height: HEIGHT })
  if (drawing === null) return null
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      className="block h-7 w-[72px] wide:w-[120px]"
      preserveAspectRatio="none"
    >
      <path
        d={drawing.path}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.4"
        vectorEffect="non-scaling-stroke"
      />
      {points.length === 1 ? (
        // A line of no length keeps its round ends where the picture is narrowed.
        <path
          d={`M${drawing.last.x} ${drawing.last.y}h0`}
          stroke="var(--ink)"
          strokeWidth="4.4"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
    </svg>
  )
}
