import type { WriteStream } from 'node:tty'
import type { RunSpec } from '../../core/contracts/run.ts'
import type { PlannedCheck } from '../../core/contracts/verification.ts'
import { formatDuration } from '../../core/wording/format-duration.ts'
import { formatCount } from '../../core/text/format-number.ts'
import { priceOf } from '../../core/timing/costs.ts'
import { typicalCosts } from '../../core/timing/probe.ts'
import { stepWork } from '../../core/timing/run-work.ts'

/** Elsewhere than on a terminal a line is not redrawn, so there are few of them. */
const everyMs = 10_000

export interface VerifyProgress {
  /** The check at `index` has done so many steps. */
  step(index: number, step: number): void
  /** Takes the line away, so that another can be printed. */
  clear(): void
}

/** How far some checks are and how long they will take, on standard error. */
export function drawVerifyProgress(out: WriteStream, checks: readonly PlannedCheck[]): VerifyProgress {
  const works = checks.map((check) => (check.checkable ? stepsMs(check.task.spec) : 0))
  const total = works.reduce((sum, work) => sum + work, 0)
  /** When the first step was heard of, and how much was done then: starting a trainer is no measure of its speed. */
  let first: { at: number; done: number } | null = null
  let saidAt = -Infinity
  return {
    step: (index, step) => {
      const check = checks[index]
      const now = performance.now()
      if (check === undefined || !check.checkable) return
      const { steps } = check.task.spec.training
      const before = works.slice(0, index).reduce((sum, work) => sum + work, 0)
      const done = before + ((works[index] ?? 0) * Math.min(step, steps)) / steps
      first ??= { at: now, done }
      if (!out.isTTY && (step === 0 || now - saidAt < everyMs)) return
      saidAt = now
      const place = checks.length === 1 ? '' : `${index + 1} of ${checks.length}, `
      const line = `  ${place}${check.label}: step ${formatCount(step)} of ${formatCount(steps)}${leftText(now - first.at, done - first.done, total - done)}`
      if (!out.isTTY) out.write(`${line}\n`)
      else {
        out.cursorTo(0)
        out.clearLine(0)
        out.write(line.slice(0, Math.max(20, out.columns - 1)))
      }
    },
    clear: () => {
      if (!out.isTTY) return
      out.cursorTo(0)
      out.clearLine(0)
    },
  }
}

function leftText(elapsedMs: number, done: number, left: number): string {
  if (done <= 0 || elapsedMs < 1_000) return ''
  return `, about ${formatDuration((elapsedMs * left) / done)} left`
}

/** What the checks weigh against each other: how long they take is measured while they run. */
const stepsMs = ({ network, training, data }: RunSpec): number =>
  training.steps * priceOf(stepWork(network, data, training.batchSize), typicalCosts)
