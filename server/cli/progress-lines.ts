import type { WriteStream } from 'node:tty'
import type { ExperimentPage, RunCell } from '../../core/contracts/views.ts'
import { formatEstimate } from '../../core/wording/format-duration.ts'

const marks: Record<RunCell['status'], string> = {
  planned: '·',
  waiting: '·',
  queued: '·',
  running: '▸',
  finished: '█',
  diverged: '×',
  failed: '!',
  cancelled: '-',
  blocked: '/',
}

/** One line an arm on a terminal, redrawn in place; elsewhere one line whenever a run has ended. */
export function drawProgress(out: WriteStream): (page: ExperimentPage) => void {
  return out.isTTY ? drawBars(out) : drawSteps(out)
}

function drawBars(out: WriteStream): (page: ExperimentPage) => void {
  let drawn = 0
  return (page) => {
    const lines = [...page.progress.map((arm) => armLine(page, arm)), summary(page)]
    if (drawn > 0) out.moveCursor(0, -drawn)
    for (const line of lines) {
      out.clearLine(0)
      out.write(`${line}\n`)
    }
    drawn = lines.length
  }
}

function drawSteps(out: WriteStream): (page: ExperimentPage) => void {
  let last = ''
  return (page) => {
    const key = `${page.runsEnded} ${page.after.map((job) => job.state).join()}`
    if (key === last) return
    last = key
    out.write(`${summary(page)}\n`)
  }
}

function armLine(page: ExperimentPage, { armId, cells }: ExperimentPage['progress'][number]): string {
  const label = page.arms.find((arm) => arm.id === armId)?.label ?? armId
  const running = cells.filter((cell) => cell.progress !== null)
  const bars = running.map((cell) => bar(cell.progress ?? 0)).join(' ')
  return `  ${label.padEnd(28)} ${cells.map((cell) => marks[cell.status]).join('')} ${bars}`
}

const width = 16

function bar(share: number): string {
  const filled = Math.round(share * width)
  return `[${'='.repeat(filled)}${' '.repeat(width - filled)}] ${Math.round(share * 100)} %`
}

function summary(page: ExperimentPage): string {
  if (page.runsEnded < page.runsTotal) {
    return `  ${page.runsEnded} of ${page.runsTotal} runs${leftText(page)}`
  }
  if (page.status !== 'running') return `  ${page.runsEnded} of ${page.runsTotal} runs, ${page.status}`
  const next = page.after.find((job) => job.state === 'running' || job.state === 'planned')
  return next?.kind === 'profile'
    ? `  all runs have ended; measuring latency while nothing trains${leftText(page)}`
    : `  all runs have ended; comparing early runs with the teacher${leftText(page)}`
}

const leftText = ({ left }: ExperimentPage): string =>
  left === null ? '' : `, about ${formatEstimate(left)} left`
