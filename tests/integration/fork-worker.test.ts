import { once } from 'node:events'
import path from 'node:path'
import { expect, it } from 'vitest'
import { forkWorker } from '../../server/api/worker-gateway/fork-worker.ts'

/** Says what a worker's environment holds before its own program begins. */
const tell = 'data:text/javascript,process.send(process.env.STILLHOUSE_NATIVE)'

it('a worker gets the folder of the native engine as this process means it, though it runs in another folder', async () => {
  const child = forkWorker('trainer', {
    ...process.env,
    STILLHOUSE_NATIVE: path.relative(process.cwd(), '/opt/native'),
    NODE_OPTIONS: `--import=${tell}`,
  })
  try {
    const [folder] = await once(child, 'message')
    expect(folder).toBe('/opt/native')
  } finally {
    child.kill('SIGKILL')
  }
})
