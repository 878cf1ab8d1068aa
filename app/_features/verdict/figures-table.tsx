'use client'

import { Fragment, useState } from 'react'
import type { ReactNode } from 'react'
import type { ArmView } from '../../../core/contracts/views.ts'
import { NoBreak } from '../../_ui/page-parts.tsx'
import { ArmPicker } from './arm-picker.tsx'
import { figureColumns } from './figures.ts'
import type { FigureCell, FigureGroup, FigureRow } from './figures.ts'

const head =
  'pb-2 pl-3 desk:pl-4 text-right align-bottom text-12 leading-[1.3] font-medium text-ink-2 border-b border-line-strong'
const cell = 'py-[9px] pl-3 desk:pl-4 text-right align-baseline whitespace-nowrap border-b border-line'

/** Arms by metrics: at full width, and scrolled sideways where the window is narrower than the figures. */
export function FiguresTable({ groups }: { groups: readonly FigureGroup[] }): ReactNode {
  return (
    <div
      className="overflow-x-auto max-wide:hidden"
      tabIndex={0}
      role="region"
      aria-label="Table of all figures, scrolls sideways"
    >
      <table className="w-full border-collapse text-13">
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-0! text-left!`}>
              Arm
            </th>
            {figureColumns.map((column) => (
              <th key={column.key} scope="col" className={head}>
                {column.name}
                <small className="block min-h-[1.3em] text-11 font-normal text-ink-3">{column.unit}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Fragment key={group.name}>
              <tr>
                <th
                  scope="colgroup"
                  colSpan={figureColumns.length + 1}
                  className="border-b border-line pt-4 pb-1 text-left text-12 font-normal text-ink-3"
                >
                  {group.name}
                </th>
              </tr>
              {group.rows.map((row) => (
                <tr key={row.armId} className={`hover:bg-sunken ${row.reference ? 'text-ink-2' : ''}`}>
                  <th
                    scope="row"
                    className={`${cell} min-w-[9rem] pl-0! text-left! font-medium text-ink whitespace-normal!`}
                  >
                    <NoBreak>{row.label}</NoBreak>
                  </th>
                  {figureColumns.map((column) => (
                    <td key={column.key} className={cell}>
                      <Figure figure={row.cells[column.key]} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Figure({ figure }: { figure: FigureCell }): ReactNode {
  return (
    <>
      <span className={figure.decided ? 'font-strong' : figure.value === '–' ? 'text-ink-3' : ''}>
        {figure.value}
      </span>
      {figure.spread === null ? null : <span className="ml-[5px] text-12 text-ink-3">{figure.spread}</span>}
    </>
  )
}

/** The table turned for small screens: metrics down; control, one chosen arm and teacher across. */
export function FiguresCards(props: { groups: readonly FigureGroup[]; arms: readonly ArmView[] }): ReactNode {
  const rows = props.groups.flatMap((group) => group.rows)
  const role = (armId: string): ArmView['role'] | undefined =>
    props.arms.find((arm) => arm.id === armId)?.role
  const methods = rows.filter((row) => role(row.armId) !== 'teacher' && role(row.armId) !== 'control')
  const [chosen, setChosen] = useState<string | null>(null)
  const arm = methods.find((row) => row.armId === chosen) ?? methods[0]
  const columns: [string, FigureRow | undefined][] = [
    ['Control', rows.find((row) => role(row.armId) === 'control')],
    [arm?.label ?? '', arm],
    ['Teacher', rows.find((row) => role(row.armId) === 'teacher')],
  ]
  return (
    <div className="wide:hidden">
      <ArmPicker
        label="Arm to compare"
        arms={methods.map((row) => ({ id: row.armId, label: row.label }))}
        chosen={arm?.armId}
        onChoose={setChosen}
      />
      <table className="w-full table-fixed border-collapse text-13">
        <thead>
          <tr>
            <th scope="col" className={`${head} w-[29%] pl-0!`}>
              <span className="sr-only">Metric</span>
            </th>
            {columns.map(([name], index) => (
              <th key={name} scope="col" className={`${head} ${index === 1 ? 'font-strong text-ink' : ''}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figureColumns.map((column) => (
            <tr key={column.key}>
              <th scope="row" className={`${cell} pl-0! text-left! font-normal whitespace-normal!`}>
                {column.short.name} <span className="text-12 text-ink-3">{column.short.unit}</span>
              </th>
              {columns.map(([name, row], index) => (
                <td key={name} className={`${cell} ${index === 1 ? '' : 'text-ink-3'}`}>
                  {row === undefined ? '–' : <StackedFigure figure={row.cells[column.key]} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function StackedFigure({ figure }: { figure: FigureCell }): ReactNode {
  return (
    <>
      <span className={figure.decided ? 'font-strong' : ''}>{figure.value}</span>
      {figure.spread === null ? null : (
        <small className="block text-11 leading-[1.3] text-ink-3">{figure.spread}</small>
      )}
    </>
  )
}
