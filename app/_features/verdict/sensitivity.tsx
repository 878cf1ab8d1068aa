import type { ReactNode } from 'react'
import type { Sensitivity as Figures } from '../../../core/judging/comparison.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import { leaveOneOutText, noSignFlipText } from '../../../core/wording/sensitivity-text.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { ChevronIcon } from '../../_ui/icons.tsx'
import { count } from '../../_ui/format.ts'
import { NoBreak } from '../../_ui/page-parts.tsx'
import {
  pairsText,
  pText,
  sensitivityRemark,
  sentenceOf,
  shareText,
  thisTestSetText,
} from './sensitivity-text.tsx'

interface Row {
  label: string
  comparison: SaidComparison
  figures: Figures
}

/** What lies behind the words without deciding them, folded until someone asks. Nothing while no interval exists. */
export function Sensitivity(props: { verdict: VerdictPage; arms: readonly ArmView[] }): ReactNode {
  const { verdict, arms } = props
  const rows = verdict.comparisons.flatMap((comparison): Row[] => {
    const { sensitivity } = comparison
    if (sensitivity === undefined) return []
    const label = arms.find((arm) => arm.id === comparison.arm)?.label ?? comparison.arm
    return [{ label, comparison, figures: sensitivity }]
  })
  if (verdict.state === 'waiting' || rows.length === 0) return null
  return (
    <details className="group">
      <summary className="flex list-none flex-wrap items-baseline gap-x-1.5 py-1.5 text-13 max-wide:py-2.5 [&::-webkit-details-marker]:hidden">
        <ChevronIcon className="size-3 flex-none translate-y-px -rotate-90 text-ink-3 group-open:rotate-0" />
        <h3 className="text-13 font-medium text-ink">Sensitivity</h3>
        <span className="text-ink-3">{sensitivityRemark(verdict)}</span>
      </summary>
      <Table rows={rows} verdict={verdict} />
      <Cards rows={rows} verdict={verdict} />
      <p className="mt-3 max-w-[74em] text-12 text-pretty text-ink-3">
        p: the level at which the interval of this method alone would end at zero. Holm: adjusted over{' '}
        {verdict.corrected === 1 ? 'the one comparison' : `the ${verdict.corrected} comparisons`} of the
        protocol; a missing one counts as 1, and so does one without a word beside one with it. Sign flips:
        exact, from the signs of the paired seed differences alone. Next run: how many of the pairs of one run
        with the method and one of the control the method won, ties half; a description without an interval.
        On exactly these examples: the interval for all methods together if only the seeds were drawn anew.
      </p>
    </details>
  )
}

const head =
  'pb-2 pl-3 desk:pl-4 text-right align-bottom text-12 leading-[1.3] font-medium text-ink-2 border-b border-line-strong'
const cell = 'py-[9px] pl-3 desk:pl-4 text-right align-baseline border-b border-line'
const words = 'text-left! text-ink-2 text-pretty'

function Table({ rows, verdict }: { rows: readonly Row[]; verdict: VerdictPage }): ReactNode {
  const columns = [
    { name: 'p', unit: 'alone' },
    { name: 'Holm\u00a0p', unit: `over ${verdict.corrected}` },
    { name: 'Sign flips', unit: 'exact p' },
    { name: 'Next run beats the control’s', unit: 'share of pairs' },
  ]
  return (
    <table className="mt-2 w-full border-collapse text-13 max-wide:hidden">
      <thead>
        <tr>
          <th scope="col" className={`${head} pl-0! text-left!`}>
            Method
          </th>
          {columns.map(({ name, unit }) => (
            <th key={name} scope="col" className={head}>
              {name}
              <small className="block min-h-[1.3em] text-11 font-normal text-ink-3">{unit}</small>
            </th>
          ))}
          <th scope="col" className={head}>
            On exactly these {count(verdict.examples)} examples
            <small className="block min-h-[1.3em] text-11 font-normal text-ink-3">new seeds only</small>
          </th>
          <th scope="col" className={`${head} pl-6! text-left!`}>
            One seed left out
            <small className="block min-h-[1.3em] text-11 font-normal text-ink-3">the word again</small>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, comparison, figures }) => (
          <tr key={comparison.arm}>
            <th scope="row" className={`${cell} min-w-[9rem] pl-0! text-left! font-medium`}>
              <NoBreak>{label}</NoBreak>
            </th>
            <td className={`${cell} whitespace-nowrap`}>{pText(figures.p)}</td>
            <td className={`${cell} whitespace-nowrap`}>{pText(figures.holm)}</td>
            <td className={figures.signFlip === null ? `${cell} max-w-[15rem]` : cell}>
              <SignFlip figures={figures} />
            </td>
            <td className={`${cell} whitespace-nowrap`}>
              {shareText(figures)}
              <span className="ml-[5px] text-12 text-ink-3">{pairsText(figures)}</span>
            </td>
            <td className={`${cell} whitespace-nowrap`}>{thisTestSetText(figures, verdict.metric)}</td>
            <td className={`${cell} ${words} max-w-[26rem] pl-6!`}>
              {leaveOneOutText({ ...comparison, ...figures })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** One block a method where the table has no room. */
function Cards({ rows, verdict }: { rows: readonly Row[]; verdict: VerdictPage }): ReactNode {
  return (
    <div className="wide:hidden">
      {rows.map(({ label, comparison, figures }) => (
        <section key={comparison.arm} className="border-t border-line pt-2.5 pb-3 text-13">
          <h4 className="mb-1 text-13 font-medium">
            <NoBreak>{label}</NoBreak>
          </h4>
          <dl className="grid grid-cols-[minmax(0,11rem)_minmax(0,1fr)] gap-x-4 gap-y-1 [&>dd]:text-right [&>dt]:text-ink-2">
            <dt>p, alone</dt>
            <dd>{pText(figures.p)}</dd>
            <dt>Holm p, over {verdict.corrected}</dt>
            <dd>{pText(figures.holm)}</dd>
            <dt>Sign flips, exact p</dt>
            <dd>
              <SignFlip figures={figures} />
            </dd>
            <dt>Next run beats the control’s</dt>
            <dd className="whitespace-nowrap">
              {shareText(figures)} <span className="text-12 text-ink-3">{pairsText(figures)}</span>
            </dd>
            <dt>On exactly these {count(verdict.examples)} examples</dt>
            <dd className="whitespace-nowrap">{thisTestSetText(figures, verdict.metric)}</dd>
          </dl>
          <p className="mt-1.5 text-pretty text-ink-2">
            <span className="sr-only">One seed left out: </span>
            {leaveOneOutText({ ...comparison, ...figures })}
          </p>
        </section>
      ))}
    </div>
  )
}

function SignFlip({ figures }: { figures: Figures }): ReactNode {
  if (figures.signFlip !== null) return pText(figures.signFlip)
  return (
    <span className="text-12 text-ink-3">
      {sentenceOf(figures.noSignFlip === null ? null : noSignFlipText(figures.noSignFlip))}
    </span>
  )
}
