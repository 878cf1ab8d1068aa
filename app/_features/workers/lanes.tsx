'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { WorkersPage } from '../../../core/contracts/views.ts'
import { prepareLanes } from './prepare-lanes.ts'
import type { LaneBlock } from './prepare-lanes.ts'
import { useNow } from './use-now.ts'

const looks: Record<LaneBlock['look'], string> = {
  past: 'border-line-2 bg-sunken text-ink-2',
  trouble: 'border-danger bg-bg text-danger',
  done: 'border-live bg-live text-on-accent',
  expected: 'border-live bg-bg text-ink-2',
  plan: 'border-dashed border-line-2 bg-bg text-ink-3',
  latency:
    'border-ink-2 bg-[repeating-linear-gradient(135deg,var(--bg)_0_5px,var(--line-strong)_5px_7px)] text-ink',
}

const ROW = 38

/** A lane a core: what ran, runs and will run, to scale, now in the middle. A picture; the lists below say the same. */
export function Lanes({ page }: { page: WorkersPage }): ReactNode {
  const now = useNow()
  const height = page.slots.length * ROW
  if (now === null) return <div style={{ height: height + 52 }} />
  const { lanes, across, ticks, now: nowAt } = prepareLanes(page, now)
  return (
    <div aria-hidden="true" className="mt-4 grid wide:grid-cols-[56px_minmax(0,1fr)]">
      <div className="pt-[22px] max-wide:hidden">
        {page.slots.map((slot) => (
          <div key={slot.index} className="flex items-center text-12" style={{ height: ROW }}>
            Core {slot.index + 1}
          </div>
        ))}
      </div>
      <div className="relative pt-[22px]">
        <div className="relative overflow-hidden" style={{ height }}>
          {lanes.map((blocks, index) => (
            // A lane is a core.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index} className="relative border-b border-line" style={{ height: ROW }}>
              {blocks.map((block) => (
                <Block key={block.id} block={block} className="top-1 h-7" />
              ))}
            </div>
          ))}
          {across.map((block) => (
            <Block key={block.id} block={block} className="inset-y-0.5" />
          ))}
        </div>
        <div
          className="absolute top-4 border-l-[1.25px] border-ink"
          style={{ left: percent(nowAt), height: height + 8 }}
        />
        <b
          className="absolute top-0 -translate-x-1/2 text-12 leading-none whitespace-nowrap"
          style={{ left: percent(nowAt) }}
        >
          now, {clock(now)}
        </b>
        <div className="relative h-6 text-12 text-ink-3">
          {ticks.map((tick) => (
            <span
              key={tick.label}
              className={`absolute top-2 leading-none whitespace-nowrap ${tick.at < 0.02 ? '' : tick.at > 0.98 ? '-translate-x-full' : '-translate-x-1/2'}`}
              style={{ left: percent(tick.at) }}
            >
              {tick.label}
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}

function Block({ block, className }: { block: LaneBlock; className: string }): ReactNode {
  const shape = `@container absolute min-w-0.5 overflow-hidden rounded-[2px] border text-11 leading-[26px] whitespace-nowrap ${looks[block.look]} ${className}`
  const place = {
    left: percent(block.start),
    width: `max(2px, calc(${percent(Math.max(0, block.end - block.start))} - 1px))`,
  }
  const name = <span className="hidden truncate px-1.5 @min-[72px]:block">{block.label}</span>
  return block.runId === null ? (
    <div className={shape} style={place} title={block.label}>
      {block.look === 'latency' ? (
        <span className="absolute top-1/2 left-1/2 hidden -translate-1/2 bg-bg px-1.5 leading-5 @min-[72px]:block">
          latency
        </span>
      ) : (
        name
      )}
    </div>
  ) : (
    <Link
      href={`/runs/${block.runId}`}
      prefetch={false}
      tabIndex={-1}
      className={`plain-link ${shape}`}
      style={place}
      title={block.label}
    >
      {name}
    </Link>
  )
}

function clock(at: number): string {
  const date = new Date(at)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}
