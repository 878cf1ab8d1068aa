import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { testEngine } from './engines.ts'

/**
 * A parent to be killed: forks a trainer, hands it the command in the file argv[2], and says "training" on standard output
 * with the first sign of progress. The trainer keeps this process' standard error open for as long as it lives.
 */
const main = join(import.meta.dirname, '..', '..', 'workers', 'trainer', 'main.ts')
const child = fork(main, [], {
  execArgv: ['--import', 'tsx'],
  env: { ...process.env, STILLHOUSE_ENGINE: testEngine },
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
})
child.on('message', (message: { type: string; step?: number }) => {
  if (message.type === 'ready') child.send(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
  if (message.type === 'progress' && (message.step ?? 0) > 0) console.log('training')
})
