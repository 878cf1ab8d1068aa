import type { ReactNode } from 'react'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { levelText } from '../../../core/wording/phrases.ts'
import { Chip, OutlinedChip } from '../../_ui/chip.tsx'
import { NoBreak, Section } from '../../_ui/page-parts.tsx'
import { latencyText } from '../experiment/latency-text.ts'
import { speedRows } from './speed-rows.ts'
import type { SpeedRow } from './speed-rows.ts'

/** What a smaller model is for: sizes are counted, latency has an interval and a word. */
export function SpeedSection({ verdict, page }: { verdict: VerdictPage; page: ExperimentPage }): ReactNode {
  const rows = speedRows(verdict, page)
  const lead = verdict.speed.map((one) => one.sentence).join(' ')
  const reasons = [...new Set(verdict.speed.flatMap(({ reason }) => reason ?? []))]
  return (
    <Section
      id="speed-heading"
      title="Smaller and faster?"
      remark={`The student against its teacher · sizes are exact, latency ${levelText(verdict.alpha)} for both quantiles together`}
    >
      <p className="mb-4 max-w-[62em] text-pretty">
        <NoBreak>{lead === '' ? latencyText(page) : lead}</NoBreak>
      </p>
      <table className="w-full border-collapse text-13">
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-0! text-left!`}>
              Figure
            </th>
            <th scope="col" className={`${head} max-wide:hidden`}>
              Teacher
            </th>
            <th scope="col" className={`${head} max-wide:hidden`}>
              Student
            </th>
            <th scope="col" className={head}>
              Student against teacher
            </th>
            <th scope="col" className={`${head} text-left! wide:pl-6!`}>
              Verdict
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.name} row={row} />
          ))}
        </tbody>
      </table>
      {reasons.length === 0 ? null : <p className="mt-3 text-12 text-ink-3">{reasons.join('; ')}</p>}
    </Section>
  )
}

const head =
  'pb-2 pl-3 text-right align-bottom text-12 leading-[1.3] font-medium text-ink-2 border-b border-line-strong'
const cell = 'py-[9px] pl-3 text-right align-baseline border-b border-line'

function Row({ row }: { row: SpeedRow }): ReactNode {
  return (
    <tr>
      <th scope="row" className={`${cell} pl-0! text-left! font-medium`}>
        {row.name} <span className="text-12 font-normal text-ink-3 max-wide:hidden">{row.unit}</span>
        <small className="block text-11 font-normal text-ink-3 wide:hidden">
          {row.teacher} to {row.student} {row.unit}
        </small>
      </th>
      <td className={`${cell} whitespace-nowrap max-wide:hidden`}>{row.teacher}</td>
      <td className={`${cell} whitespace-nowrap max-wide:hidden`}>{row.student}</td>
      <td className={cell}>
        <b className="whitespace-nowrap">{row.ratio}</b>
        {row.interval === '' ? null : (
          <span className="text-12 whitespace-nowrap text-ink-2 max-wide:block wide:ml-2">
            {row.interval}
          </span>
        )}
      </td>
      <td className={`${cell} text-left! wide:w-[232px] wide:pl-6!`}>
        {row.word === null ? <OutlinedChip>{row.tag}</OutlinedChip> : <Chip word={row.word} />}
      </td>
    </tr>
  )
}
