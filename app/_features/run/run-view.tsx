'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTRPC } from '../api/trpc.ts'
import { DamagedFiles } from './damaged-files.tsx'
import { RunAside } from './run-aside.tsx'
import { RunCurves } from './run-curves.tsx'
import { RunFigures } from './run-figures.tsx'
import { RunHeader } from './run-header.tsx'
import { hasStarted } from './run-phase.ts'
import { RunLog } from './run-log.tsx'
import { RunLogged } from './run-logged.tsx'
import { RunStats } from './run-stats.tsx'
import { RunTrouble } from './run-trouble.tsx'

const REFRESH_MS = 5000

/** One training: how it stands, how it went, what it left. */
export function RunView({ runId }: { runId: string }): ReactNode {
  const trpc = useTRPC()
  const { data: page } = useSuspenseQuery({
    ...trpc.runs.page.queryOptions({ runId }),
    // Points, steps and log lines arrive as events; memory and the time left are asked for.
    refetchInterval: (query) => (query.state.data?.status === 'running' ? REFRESH_MS : false),
  })
  return (
    <>
      <RunHeader page={page} />
      <RunTrouble page={page} />
      <DamagedFiles page={page} />
      <div className="mt-6 grid items-start gap-8 desk:grid-cols-[minmax(0,1fr)_320px] desk:gap-[72px]">
        <div className="min-w-0">
          {hasStarted(page) ? (
            <>
              <RunStats page={page} />
              <RunCurves page={page} />
            </>
          ) : null}
          <RunLogged page={page} />
          <RunFigures page={page} />
          <RunLog page={page} />
        </div>
        <RunAside page={page} />
      </div>
    </>
  )
}
