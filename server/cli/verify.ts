import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { PlannedCheck, Verification, VerificationReport } from '../../core/contracts/verification.ts'
import { readEnv, type Env } from '../platform/env.ts'
import { diskFullText, hasRoom } from '../platform/disk.ts'
import { checkRun } from './check-run.ts'
import { CommandError } from './command-error.ts'
import { startRetrainer, type Retrainer } from './retrain.ts'
import { takeStandardOutput } from './take-standard-output.ts'
import { withLibrary } from './verification-library.ts'
import { drawVerifyProgress } from './verify-progress.ts'
import { openingText, resultText, summaryText, verifyDocument, type RunResult } from './verify-text.ts'

export interface VerifyOptions {
  experiment: string
  run: string | null
  all: boolean
  seed: number | null
  json: boolean
  home: string | null
}

/** 0: all identical. 1: something differs. 2: something could not be checked, and nothing differs. */
type ExitCode = 0 | 1 | 2

/**
 * Trains runs of a stored experiment once more and compares; what comes out is stored beside the run. Ends the process.
 * @throws CommandError with exit code 2 where nothing can be said about the result
 */
export async function verify(options: VerifyOptions): Promise<never> {
  return await asCheck(checkAll(options))
}

async function checkAll(options: VerifyOptions): Promise<never> {
  const print = takeStandardOutput()
  const variables = options.home === null ? process.env : { ...process.env, STILLHOUSE_HOME: options.home }
  const env = readEnv(variables)
  const { experiment, run, all } = options
  const seed = options.seed ?? Date.now() % 1_000_000
  const plan = await withLibrary(env, variables, (library) => library.plan({ experiment, run, all, seed }))
  // Stopped from here on: what is there is to be taken away.
  const scratch = makeScratch()
  const trainers = new Set<Retrainer>()
  const cleanUp = (): void => {
    for (const trainer of trainers) trainer.stop()
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  }
  const stopOn = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', code: number): void => {
    process.once(signal, () => {
      cleanUp()
      console.error('\nStopped. Nothing of the experiment was changed.')
      process.exit(code)
    })
  }
  stopOn('SIGINT', 130)
  stopOn('SIGTERM', 143)
  stopOn('SIGHUP', 129)
  const drawnBy = run === null && !all && !experiment.includes('/runs/') ? seed : null
  console.error(openingText(plan, drawnBy))
  const results: RunResult[] = []
  try {
    const check = createChecker({ env, variables, scratch, trainers, checks: plan.checks })
    for (const [index, planned] of plan.checks.entries()) {
      const result = await check(planned, index)
      results.push(result)
      if (!options.json) await print(resultText(result))
    }
    if (options.json) await print(`${JSON.stringify(verifyDocument(plan, drawnBy, results))}\n`)
    else if (results.length > 1) await print(summaryText(results))
  } finally {
    cleanUp()
  }
  process.exit(exitCodeOf(results))
}

interface Checker {
  env: Env
  variables: NodeJS.ProcessEnv
  scratch: string
  trainers: Set<Retrainer>
  checks: readonly PlannedCheck[]
}

function createChecker({ env, variables, scratch, trainers, checks }: Checker) {
  const progress = drawVerifyProgress(process.stderr, checks)
  const hashedData = new Map<string, string>()
  let trainer: Retrainer | null = null
  return async (planned: PlannedCheck, index: number): Promise<RunResult> => {
    if (!planned.checkable) return { planned, end: { type: 'not-checked', reason: planned.reason } }
    const folder = path.join(scratch, String(index))
    fs.mkdirSync(folder)
    trainer ??= startRetrainer(planned.task.spec.engine.name, variables)
    trainers.add(trainer)
    const checked = await checkRun(planned.runId, planned.task, {
      scratch: folder,
      hashedData,
      retrainer: trainer,
      onStep: (step) => progress.step(index, step),
    })
    progress.clear()
    fs.rmSync(folder, { recursive: true, force: true })
    if ('report' in checked)
      return { planned, end: { type: 'checked', verification: await store(env, variables, checked.report) } }
    // It may be in any state; the next run gets a fresh one.
    trainer.stop()
    trainers.delete(trainer)
    trainer = null
    return { planned, end: { type: 'not-checked', reason: checked.reason } }
  }
}

async function store(
  env: Env,
  variables: NodeJS.ProcessEnv,
  report: VerificationReport,
): Promise<Verification> {
  try {
    return await withLibrary(env, variables, (library) => library.store(report))
  } catch (error) {
    const why = !hasRoom(env.home)
      ? diskFullText(env.home)
      : error instanceof Error
        ? error.message
        : String(error)
    throw new CommandError(`The run was trained, but what came out could not be stored: ${why}`, {
      exitCode: 2,
      cause: error,
    })
  }
}

function makeScratch(): string {
  try {
    // Absolute, because the trainer runs in another folder than this process.
    return fs.mkdtempSync(path.resolve(os.tmpdir(), 'stillhouse-verify-'))
  } catch (error) {
    throw new CommandError(
      `No folder for the training can be made in ${os.tmpdir()}: ${error instanceof Error ? error.message : String(error)}. Name another one in TMPDIR.`,
      { exitCode: 2, cause: error },
    )
  }
}

/** What fails is no difference. */
async function asCheck<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(error instanceof Error ? error.message : String(error), {
      exitCode: 2,
      cause: error,
    })
  }
}

/** Runs without a result count only where nothing else was asked for: with --all they are named and passed over. */
function exitCodeOf(results: readonly RunResult[]): ExitCode {
  const checked = results.flatMap(({ end }) => (end.type === 'checked' ? [end.verification.outcome] : []))
  if (checked.includes('differs')) return 1
  const unchecked = results.some(
    ({ planned, end }) => end.type === 'not-checked' && (planned.checkable || planned.hasResult),
  )
  return unchecked || checked.length === 0 ? 2 : 0
}
