import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sha256 } from '../../server/platform/hash.ts'
import { whenOver } from '../torture/when-over.ts'
import { writeFirstDigits } from './plan-trainings.ts'
import { NotHere, type Platform, type PortableRow } from './row.ts'
import { runProgram } from './run-program.ts'
import { trainOn } from './train-on.ts'

/** Trains the same on every platform, one after the other, and compares each with the first that could be tried. */
export async function verifyPortable(
  platforms: readonly Platform[],
  progress: (text: string) => void,
): Promise<PortableRow[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stillhouse-portable-'))
  const drop = whenOver(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const dataset = path.join(folder, 'data')
  try {
    const data = writeFirstDigits(dataset)
    const rows: PortableRow[] = []
    for (const platform of platforms) {
      const scratch = path.join(folder, platform.id)
      const say = (text: string): void => progress(`${platform.id}: ${text}`)
      const row = await tryPlatform(platform, async (command) => {
        const startedAt = performance.now()
        const trainings = await trainOn({ command, dataset, data, scratch, progress: say })
        return { trainings, seconds: (performance.now() - startedAt) / 1000 }
      })
      fs.rmSync(scratch, { recursive: true, force: true })
      const reference = rows.find((one) => one.sha256 !== null)?.sha256 ?? row.sha256
      const same = row.notTried === null ? row.sha256 !== null && row.sha256 === reference : null
      const compared = { ...row, same }
      say(compared.notTried ?? compared.error ?? (same === true ? 'same' : 'DIFFERS'))
      rows.push(compared)
    }
    return rows
  } finally {
    drop()
  }
}

type Trained = Pick<PortableRow, 'trainings'> & { seconds: number }

async function tryPlatform(
  { id, platform, setting, flags, command }: Platform,
  train: (command: readonly string[]) => Promise<Trained>,
): Promise<Omit<PortableRow, 'same'>> {
  let row = { id, platform, node: null as string | null, setting }
  let trains = false
  try {
    const found = await command()
    row = { ...row, platform: found.platform ?? platform, node: await versionOf(found.command) }
    trains = true
    const { trainings, seconds } = await train([...found.command, ...flags])
    return {
      ...row,
      sha256: sha256(
        trainings
          .map(({ arm, seed, weights, testLogits }) => `${arm} ${seed} ${weights} ${testLogits}\n`)
          .join(''),
      ),
      seconds: Number(seconds.toFixed(1)),
      notTried: null,
      error: null,
      trainings,
    }
  } catch (error) {
    const nothing = { sha256: null, seconds: null, trainings: [] }
    if (error instanceof NotHere)
      return { ...row, node: null, ...nothing, notTried: error.message, error: null }
    // What breaks before is no result of the platform.
    if (!trains) throw error
    const text = error instanceof Error ? error.message : String(error)
    return { ...row, ...nothing, notTried: null, error: text.trim() }
  }
}

async function versionOf(command: readonly string[]): Promise<string> {
  const [program = '', ...args] = command
  return (await runProgram(program, [...args, '--version'])).trim().replace(/^v/, '')
}
