import type { ReactNode } from 'react'
import type { RunPage } from '../../../core/contracts/views.ts'
import { count, decimal, duration, epochNumber, timeSpan } from '../../_ui/format.ts'
import { Stat } from '../../_ui/page-parts.tsx'
import { ProgressBar } from '../../_ui/progress.tsx'
import { hasEnded } from './run-phase.ts'

/** The figures that move while it trains; when it has finished, its test figures. */
export function RunStats({ page }: { page: RunPage }): ReactNode {
  const ended = hasEnded(page)
  const tested = page.figures['test/accuracy'] !== undefined
  return (
    <div className="grid grid-cols-2 items-end gap-4 border-b border-line pb-4 wide:flex wide:flex-wrap wide:gap-x-9">
      {ended && tested ? <TestStats page={page} /> : <LiveStats page={page} />}
      {page.status === 'running' ? <Progress page={page} /> : null}
    </div>
  )
}

function TestStats({ page: { figures, trainedMs } }: { page: RunPage }): ReactNode {
  return (
    <>
      <Stat value={shown(figures['test/accuracy'], 100, 2, ' %')} label="test accuracy" />
      <Stat value={shown(figures['test/nll'], 1, 3, '')} label="test NLL, nat" />
      <Stat value={shown(figures['gap/accuracy'], 100, 1, '')} label="train–test gap, points" />
      {figures['test/agreement'] === undefined ? null : (
        <Stat value={shown(figures['test/agreement'], 100, 1, ' %')} label="agrees with the teacher" />
      )}
      {trainedMs === null ? null : <Stat value={duration(trainedMs)} label="of training" />}
    </>
  )
}

function LiveStats({ page }: { page: RunPage }): ReactNode {
  const epochs = page.steps / page.stepsPerEpoch
  const rate = page.stepMs === null ? null : (page.batch.size / page.stepMs) * 1000
  return (
    <>
      <Stat
        value={
          <>
            {epochs < 10
              ? decimal(page.step / page.stepsPerEpoch, 1)
              : count(Math.floor(page.step / page.stepsPerEpoch))}
            <span className="text-14 text-ink-2"> of {epochNumber(epochs)}</span>
          </>
        }
        label="epoch"
      />
      <Stat value={shown(last(page, 'validation/accuracy'), 100, 1, ' %')} label="validation accuracy" />
      <Stat value={shown(last(page, 'validation/nll'), 1, 3, '')} label="validation NLL, nat" />
      <Stat
        value={rate === null ? '–' : count(Math.round(Number(rate.toPrecision(3))))}
        label="examples per second"
      />
    </>
  )
}

function Progress({ page }: { page: RunPage }): ReactNode {
  const percent = Math.floor((page.step / page.steps) * 100)
  return (
    <div className="max-wide:order-first max-wide:col-span-2 wide:ml-auto wide:max-w-[260px] wide:min-w-[180px] wide:flex-1 wide:pb-1">
      <p className="mb-1.5 flex justify-between text-12 text-ink-2">
        <span>{percent} %</span>
        <span>{page.left === null ? '' : `about ${timeSpan(page.left)} left`}</span>
      </p>
      <ProgressBar label="Steps done" value={page.step} max={page.steps} />
    </div>
  )
}

function last(page: RunPage, key: string): number | undefined {
  return page.curves[key]?.at(-1)?.[1]
}

function shown(value: number | undefined, scale: number, digits: number, unit: string): string {
  return value === undefined ? '–' : `${decimal(value * scale, digits)}${unit}`
}
