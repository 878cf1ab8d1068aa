import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'
import { removeFolder, temporaryFolder } from '../support/server.ts'

const bundle = path.join(import.meta.dirname, '..', '..', 'bin', 'stillhouse.js')

function stillhouse(
  args: readonly string[],
  variables: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } {
  const home = temporaryFolder()
  try {
    return spawnSync(process.execPath, [bundle, ...args], {
      env: { ...process.env, STILLHOUSE_HOME: home, STILLHOUSE_PORT: '3670', ...variables },
      encoding: 'utf8',
      input: '',
    })
  } finally {
    removeFolder(home)
  }
}

it.each([
  [['verdict', '--foo'], /unknown option '--foo'/],
  [['verdict', 'a.json', 'b.json'], /too many arguments/],
  [['verdict', ''], /It is empty: give the name of a file, or -/],
  [['verify', 'a', '--foo'], /unknown option '--foo'/],
  [['verify'], /missing required argument 'experiment'/],
  [['verify', ''], /It is empty: give the id of an experiment/],
  [['verify', 'a', '--run', ''], /It is empty: give the id of a run/],
  [['verify', 'a', '--home', ' '], /It is empty: give a folder/],
  [['verify', 'a', '--seed', '-1'], /'--seed <number>' argument '-1' is invalid\. It must be 0 or more/],
  [['verify', 'a', '--seed', '2.000'], /'2\.000' is invalid\. Write 2 or 2000/],
  [['verify', 'a', '--seed', 'x'], /'x' is invalid\. It must be a whole number from 0 to/],
  [['start', '--foo'], /unknown option '--foo'/],
  [['start', 'now'], /too many arguments/],
  [['--foo'], /unknown option '--foo'/],
  [['demo', '--foo'], /unknown option '--foo'/],
  [[''], /There is no command ""/],
])('%j exits with 2 and says what it wants', (args, message) => {
  const { status, stdout, stderr } = stillhouse(args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(message)
})

it('a variable that is refused is named with its value and what to write', () => {
  const { status, stderr } = stillhouse(['verify', 'a'], { STILLHOUSE_CORES: '-1' })
  expect(status).toBe(2)
  expect(stderr).toContain('STILLHOUSE_CORES="-1" is not valid. It must be 1 or more.')
})
