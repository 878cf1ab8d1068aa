import type { ReactNode } from 'react'
import { DataTable } from '../../_charts/data-table.tsx'
import type { GapCurve, PreparedGapCurves } from '../../_charts/lines/prepare-gap-curves.ts'
import { decimal } from '../../_ui/format.ts'

/** Train against validation accuracy, one small picture an arm, the gap shaded. */
export function GapCurves({ prepared }: { prepared: PreparedGapCurves }): ReactNode {
  return (
    <>
      <div
        aria-hidden="true"
        className="grid grid-cols-2 gap-x-4 gap-y-6 wide:grid-cols-[repeat(auto-fill,minmax(170px,1fr))] wide:gap-x-6"
      >
        {prepared.curves.map((curve, index) => (
          <Small key={curve.armId} curve={curve} yTicks={prepared.yTicks} first={index === 0} />
        ))}
      </div>
      <DataTable
        table={{
          caption: 'Train minus validation accuracy at the end, by arm',
          head: ['Arm', 'Gap, points'],
          rows: prepared.curves.map((curve) => [
            curve.label,
            curve.gap === null ? 'no value' : decimal(curve.gap, 1),
          ]),
        }}
      />
    </>
  )
}

function Small(props: { curve: GapCurve; yTicks: PreparedGapCurves['yTicks']; first: boolean }): ReactNode {
  const { curve } = props
  const colour = `var(--${curve.look.colour})`
  const trainEnd = curve.train.at(-1)?.[1] ?? null
  const validationEnd = curve.validation.at(-1)?.[1] ?? null
  const [trainAt, validationAt] = apart(trainEnd, validationEnd)
  return (
    <div className="min-w-0">
      <b className="block truncate text-12 leading-4 font-semibold" title={curve.label}>
        {curve.label}
      </b>
      <span className="block text-11 leading-4 text-ink-3">
        {curve.gap === null ? 'no gap' : `gap at the end ${decimal(curve.gap, 1)} points`}
      </span>
      <div className="relative mt-2 mr-[34px] mb-8 ml-[26px] h-[116px] border-b border-line-strong text-11 text-ink-3">
        {props.yTicks.map((tick) => (
          <span
            key={tick.label}
            className="absolute inset-x-0 border-t border-line"
            style={{ bottom: percent(tick.at) }}
          >
            <span className="absolute -left-1.5 -translate-x-full -translate-y-1/2 leading-none">
              {tick.label}
            </span>
          </span>
        ))}
        <svg
          viewBox="0 0 1 1"
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-hidden"
        >
          {curve.train.length > 1 && curve.validation.length > 1 ? (
            <path
              d={`${path(curve.train)}${path(curve.validation.toReversed()).replace('M', 'L')}Z`}
              fill={colour}
              opacity=".2"
            />
          ) : null}
          <path d={path(curve.train)} {...stroke(colour, 1.5)} strokeDasharray="3 2" />
          <path d={path(curve.validation)} {...stroke(colour, 1.75)} />
        </svg>
        {trainAt === null ? null : <End at={trainAt} text="train" quiet />}
        {validationAt === null ? null : <End at={validationAt} text="val" />}
        {curve.xTicks.map((tick) => (
          <span
            key={tick.label}
            className="absolute top-full mt-1.5 -translate-x-1/2 leading-none"
            style={{ left: percent(tick.at) }}
          >
            {tick.label}
          </span>
        ))}
        {props.first ? <span className="absolute top-full right-0 mt-[19px] leading-none">Epoch</span> : null}
      </div>
    </div>
  )
}

function End({ at, text, quiet = false }: { at: number; text: string; quiet?: boolean }): ReactNode {
  return (
    <span
      className={`absolute left-full ml-1.5 translate-y-1/2 leading-none ${quiet ? 'text-ink-2' : 'text-ink'}`}
      style={{ bottom: percent(at) }}
    >
      {text}
    </span>
  )
}

/** The two words keep a line's height between them, and stay inside the picture. */
function apart(train: number | null, validation: number | null): [number | null, number | null] {
  const inside = (at: number | null): number | null => (at === null ? null : Math.min(1, Math.max(0, at)))
  const [a, b] = [inside(train), inside(validation)]
  if (a === null || b === null) return [a, b]
  const short = 0.11 - Math.abs(a - b)
  if (short <= 0) return [a, b]
  const up = a >= b ? 1 : -1
  return [a + (up * short) / 2, b - (up * short) / 2]
}

function path(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(4)} ${(1 - y).toFixed(4)}`)
    .join('')
}

function stroke(colour: string, width: number) {
  return {
    fill: 'none',
    stroke: colour,
    strokeWidth: width,
    strokeLinejoin: 'round',
    vectorEffect: 'non-scaling-stroke',
  } as const
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}
