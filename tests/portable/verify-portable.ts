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
      const compared = { ...row, same: row.sha256 === null ? null : row.sha256 === reference }
      say(compared.notTried ?? (compared.same === true ? 'same' : 'DIFFERS'))
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
  try {
    const found = await command()
    const node = await versionOf(found.command)
    const { trainings, seconds } = await train([...found.command, ...flags])
    return {
      id,
      platform: found.platform ?? platform,
      node,
      setting,
      sha256: sha256(
        trainings
          .map(({ arm, seed, weights, testLogits }) => `${arm} ${seed} ${weights} ${testLogits}\n`)
          .join(''),
      ),
      seconds: Number(seconds.toFixed(1)),
      notTried: null,
      trainings,
    }
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    return {
      id,
      platform,
      node: null,
      setting,
      sha256: null,
      seconds: null,
      notTried: error.message,
      trainings: [],
    }
  }
}

async function versionOf(command: readonly string[]): Promise<string> {
  const [program = '', ...args] = command
  return (await runProgram(program, [...args, '--version'])).trim().replace(/^v/, '')
}
