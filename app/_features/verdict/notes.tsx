import type { ReactNode } from 'react'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import type { Forest } from '../../_charts/forest/prepare-forest.ts'
import { counted } from '../../_ui/format.ts'
import { Time } from '../../_ui/time.tsx'
import { endings } from './endings.ts'
import { barsText } from './question-texts.ts'

/** How to read the picture, with its own glyph. */
export function ForestLegend({ verdict, forest }: { verdict: VerdictPage; forest: Forest }): ReactNode {
  const hollow = forest.rows.every((row) => row.hollow)
  return (
    <p className="mt-3 max-w-[62em] text-13 text-pretty text-ink-2">
      <svg
        width="68"
        height="16"
        viewBox="0 0 68 16"
        aria-hidden="true"
        className="mr-1.5 inline-block align-[-3px]"
      >
        <path d="M1 8h66M1.9 3.5v9M66.1 3.5v9" stroke="var(--ink-2)" strokeWidth="1.75" />
        <path d="M16 8h36" stroke="var(--ink-2)" strokeWidth="7" />
        {hollow ? (
          <circle cx="34" cy="8" r="5" fill="var(--bg)" stroke="var(--ink-2)" strokeWidth="2" />
        ) : (
          <circle cx="34" cy="8" r="6" fill="var(--ink-2)" stroke="var(--bg)" strokeWidth="2" />
        )}
      </svg>
      {barsText(verdict)}{' '}
      {verdict.paired ? 'Ticks: single seeds.' : 'Ticks: single seeds, against the control’s mean.'} A hollow
      point is undecided.
      {forest.rows.some(({ marks }) => marks?.live != null) ? ' Dotted: holds however often you look.' : ''}
      {leavesAxis(forest) ? ' An arrow: the interval goes on beyond the axis.' : ''}
    </p>
  )
}

function leavesAxis({ rows }: Forest): boolean {
  return rows.some(({ marks }) =>
    [marks?.thick, marks?.thin].some((bar) => bar != null && (bar.beyondLeft || bar.beyondRight)),
  )
}

/** What the table's figures are and are not. */
export function TableNote({ verdict, page }: { verdict: VerdictPage; page: ExperimentPage }): ReactNode {
  const { engine } = page.protocol
  const blocks = verdict.figures.find((figure) => figure.latency !== null)?.latency?.blocks
  const shared = verdict.figures.some((figure) => (figure.latency?.sharedWith.length ?? 0) > 0)
  return (
    <p className="mt-3 max-w-[74em] text-12 text-pretty text-ink-3">
      {verdict.state === 'decided'
        ? `Bold: decided better than the control (simultaneous interval, each question at ${Number((verdict.alpha * 100).toPrecision(3))} % over its ${counted(verdict.corrected, 'comparison')}). `
        : ''}
      ECE is the plain one with 15 bins; it is biased in small samples and carries no verdict. The gap is
      train minus test, both in evaluation mode on unaugmented data.{' '}
      {blocks === undefined
        ? ''
        : `Latency: geometric mean over ${counted(blocks, 'block')} of each block’s median, blocks in random order while nothing trains here, predict and read-back, batch 1, ${engine.name} engine; 95 % interval over blocks.${shared ? ' Arms with the same graph share one figure.' : ''} `}
      Size is float32 weights and topology on disk. The teacher is one checkpoint, so it has no interval over
      seeds. A diverged run counts as an even guess over the {page.protocol.data.classes} classes.
    </p>
  )
}

/** How it was decided, in facts. */
export function Footer({ verdict, page }: { verdict: VerdictPage; page: ExperimentPage }): ReactNode {
  return (
    <footer className="mt-12 flex flex-wrap gap-x-6 gap-y-2 border-t border-line pt-3 text-12 text-ink-3">
      <span title={page.protocolHash}>
        Protocol{' '}
        <span className="font-mono">{page.protocolHash.slice(0, 16).replace(/.{4}(?=.)/g, '$& ')}</span>
      </span>
      <span>
        Frozen <Time at={page.launchedAt} />
      </span>
      <span>
        Family of {verdict.corrected}, α {verdict.alpha}
      </span>
      <span>{endings(page)}</span>
    </footer>
  )
}
