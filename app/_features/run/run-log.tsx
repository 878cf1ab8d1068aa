'use client'

import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { RunPage } from '../../../core/contracts/views.ts'
import { count, counted } from '../../_ui/format.ts'
import { hasEnded } from './run-phase.ts'

/** The end of the log; it follows new lines until the reader scrolls up. */
export function RunLog({ page }: { page: RunPage }): ReactNode {
  const lines = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  const live = !hasEnded(page)
  const newest = page.logLines

  useEffect(() => {
    const box = lines.current
    if (box && following && newest > 0) box.scrollTop = box.scrollHeight
  }, [newest, following])

  return (
    <section
      aria-labelledby="log-heading"
      className="mt-8 first:mt-0 overflow-hidden rounded-2 border border-line bg-surface text-12 max-wide:-mx-4 max-wide:rounded-none max-wide:border-x-0"
    >
      <header className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line px-3 py-[7px] text-ink-2">
        <h2 id="log-heading" className="text-12 font-normal">
          <b className="text-ink">Log</b>
          {page.log.length === 0 ? (live ? ', no line yet' : ', no line') : logRange(page)}
        </h2>
        <span className="flex items-center gap-4">
          {page.logLines === 0 ? null : (
            <a href={`/api/runs/${page.runId}/log.txt`} download className="max-wide:py-2">
              Download
            </a>
          )}
          {page.status === 'running' ? (
            <button
              type="button"
              aria-pressed={following}
              onClick={() => setFollowing(!following)}
              className="flex items-center gap-2 max-wide:py-2"
            >
              {following ? <i className="pulse" /> : null}
              {following ? 'following' : 'follow'}
            </button>
          ) : null}
        </span>
      </header>
      <div
        ref={lines}
        role="log"
        // A region that scrolls has to be reachable with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label="Log lines"
        onScroll={(event) => {
          const box = event.currentTarget
          const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24
          if (live && atEnd !== following) setFollowing(atEnd)
        }}
        className="max-h-[320px] overflow-auto px-3 py-2.5 font-mono leading-[1.65] [font-variant-ligatures:none]"
      >
        {page.log.length === 0 ? (
          <p className="text-ink-3">
            {live
              ? 'The first line appears when a core takes this run.'
              : page.startedAt === null
                ? 'It was never trained.'
                : 'It ended before its first line.'}
          </p>
        ) : (
          page.log.map((line, index) => (
            // Lines only ever join at the end; together with the time the place is their identity.
            // oxlint-disable-next-line react/no-array-index-key
            <LogLine key={`${line.at}-${index}`} line={line} />
          ))
        )}
      </div>
    </section>
  )
}

function logRange({ log, logLines }: RunPage): string {
  return logLines > log.length
    ? `, last ${count(log.length)} of ${counted(logLines, 'line')}`
    : `, ${counted(log.length, 'line')}`
}

function LogLine({ line }: { line: RunPage['log'][number] }): ReactNode {
  const tone = { info: '', warn: 'text-open-ink', error: 'text-danger' }[line.level]
  return (
    <div className={`flex gap-3 whitespace-pre ${tone}`}>
      {/* The server writes UTC, the browser its own zone. */}
      <time className="text-ink-3" dateTime={new Date(line.at).toISOString()} suppressHydrationWarning>
        {clock(line.at)}
      </time>
      <span>
        {line.level === 'info' ? '' : <span className="sr-only">{line.level}: </span>}
        <bdi>{line.text}</bdi>
      </span>
    </div>
  )
}

function clock(at: number): string {
  const date = new Date(at)
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}
