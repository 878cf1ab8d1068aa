'use client'

import { useState } from 'react'
import type { ReactNode } from 'react'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { Chip, OutlinedChip } from '../../_ui/chip.tsx'
import { NoBreak, Section } from '../../_ui/page-parts.tsx'
import { ArmPicker } from './arm-picker.tsx'
import { otherMetrics } from './prepare-other-metrics.ts'
import type { OtherCell, OtherMetrics as Figures } from './prepare-other-metrics.ts'
import { secondaryText } from './question-texts.ts'

/** NLL, Brier and the gap against the control, each with its own word; calibration without one. */
export function OtherMetrics({ verdict, page }: { verdict: VerdictPage; page: ExperimentPage }): ReactNode {
  const figures = otherMetrics(verdict, page.arms, page.protocol.margins)
  if (verdict.secondary.length === 0 || figures.arms.length === 0) return null
  return (
    <Section
      id="metrics-heading"
      title="The other metrics"
      remark={`Against the control · ${secondaryText(verdict.alpha, true)}`}
    >
      <Wide figures={figures} />
      <Narrow figures={figures} />
      <p className="mt-3 max-w-[74em] text-12 text-pretty text-ink-3">
        Differences are improvements: above 0 is better, also where lower figures are better. Intervals hold
        for all methods of one question together. Calibration error is squared and debiased, and plain ECE is
        biased in small samples: neither carries a word.
        {figures.reasons.length === 0 ? '' : ` Without a word: ${figures.reasons.join(' ')}`}
      </p>
    </Section>
  )
}

const head =
  'pb-2 pl-4 text-left align-bottom text-12 leading-[1.3] font-medium text-ink-2 border-b border-line-strong'
const cell = 'py-[9px] pl-4 text-left align-top border-b border-line'

function Wide({ figures: { columns, arms } }: { figures: Figures }): ReactNode {
  return (
    <div
      className="overflow-x-auto max-wide:hidden"
      tabIndex={0}
      role="region"
      aria-label="Table of the other metrics, scrolls sideways"
    >
      <table className="w-full border-collapse text-13">
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-0!`}>
              Method
            </th>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={head}>
                {column.name}
                <small className="block text-11 font-normal text-ink-3">{column.unit}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="text-ink-2">
            <th scope="row" className={`${cell} pl-0! font-medium text-ink`}>
              Control
              <small className="block text-11 font-normal text-ink-3">the figures themselves</small>
            </th>
            {columns.map((column) => (
              <td key={column.key} className={`${cell} text-12`}>
                {column.control.split(' · ').map((part) => (
                  <span key={part} className="block whitespace-nowrap">
                    {part}
                  </span>
                ))}
              </td>
            ))}
          </tr>
          {arms.map((arm) => (
            <tr key={arm.id}>
              <th scope="row" className={`${cell} min-w-[8rem] pl-0! font-medium`}>
                <NoBreak>{arm.label}</NoBreak>
              </th>
              {columns.map((column) => (
                <td key={column.key} className={cell}>
                  <Difference figure={column.cells[arm.id]} />
                  <Word figure={column.cells[arm.id]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Turned for small screens: metrics down, one chosen method. */
function Narrow({ figures: { columns, arms } }: { figures: Figures }): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null)
  const arm = arms.find(({ id }) => id === chosen) ?? arms[0]
  if (arm === undefined) return null
  return (
    <div className="wide:hidden">
      <ArmPicker label="Method to show" arms={arms} chosen={arm.id} onChoose={setChosen} />
      <table className="w-full border-collapse text-13">
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-0!`}>
              Metric
            </th>
            <th scope="col" className={head}>
              {arm.label}
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.key}>
              <th scope="row" className={`${cell} w-[46%] pl-0! font-normal`}>
                {column.name}
                <small className="block text-11 text-ink-3">{column.unit}</small>
                {column.control === '–' ? null : (
                  <small className="block text-11 text-ink-3">control {column.control}</small>
                )}
              </th>
              <td className={cell}>
                <Difference figure={column.cells[arm.id]} />
                <Word figure={column.cells[arm.id]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Difference({ figure }: { figure: OtherCell | undefined }): ReactNode {
  if (figure === undefined || figure.estimate === '–') return <span className="text-ink-3">–</span>
  return (
    <>
      <span className="whitespace-nowrap">
        <b className={figure.tag === '' && figure.word === null ? 'font-normal' : ''}>{figure.estimate}</b>{' '}
        <span className="text-12 text-ink-2">{figure.interval}</span>
      </span>
      {figure.beside === '' ? null : (
        <small className="block text-11 whitespace-nowrap text-ink-3">{figure.beside}</small>
      )}
    </>
  )
}

function Word({ figure }: { figure: OtherCell | undefined }): ReactNode {
  if (figure === undefined) return null
  if (figure.word !== null) {
    return (
      <div className="mt-1">
        <Chip word={figure.word} />
      </div>
    )
  }
  return figure.tag === '' ? null : (
    <div className="mt-1">
      <OutlinedChip>{figure.tag}</OutlinedChip>
    </div>
  )
}
