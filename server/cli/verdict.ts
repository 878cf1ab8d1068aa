import type { VerdictResult } from '../../core/contracts/verdict-problem.ts'
import { judgeProblem } from '../../core/judging/judge-problem.ts'
import { sayProblem } from '../../core/wording/problem-text.ts'
import { CommandError } from './command-error.ts'
import { escapeControls } from './escape-controls.ts'
import { problemTable } from './problem-table.ts'
import { readJson, readProblem } from './read-problems.ts'

/** Judges one problem or a list of them: all results on standard output, or, where one is at fault, nothing there. */
export async function verdict(file: string, { table }: { table: boolean }): Promise<void> {
  const value = await readJson(file, process.stdin)
  const text = Array.isArray(value)
    ? textOf(judgeAll(value), table)
    : textOf(judgeOne(value, 'problem'), table)
  await print(text)
}

/** Every problem at fault is named. Judged ones are let go, since their scores may be large. */
function judgeAll(values: unknown[]): VerdictResult[] {
  const results: VerdictResult[] = []
  const faults: string[] = []
  for (let index = 0; index < values.length; index++) {
    try {
      results.push(judgeOne(values[index], `problems[${index}]`))
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      faults.push(error.message)
    }
    values[index] = null
  }
  if (faults.length > 0) throw new CommandError(faults.join('\n'), { exitCode: 2 })
  return results
}

function judgeOne(value: unknown, name: string): VerdictResult {
  try {
    return sayProblem(judgeProblem(readProblem(value, name)))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CommandError(escapeControls(`${name}: ${error.message}`), { exitCode: 2, cause: error })
  }
}

const textOf = (result: VerdictResult | VerdictResult[], table: boolean): string =>
  table ? problemTable(Array.isArray(result) ? result : [result]) : `${JSON.stringify(result)}\n`

/** A reader that has seen enough (`| head`) ends the command, without a complaint. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => {
      if (error == null || ('code' in error && error.code === 'EPIPE')) resolve()
      else reject(error)
    }
    process.stdout.on('error', done)
    process.stdout.write(text, done)
  })
}
