import { openServer } from './open-server.ts'

export async function start(): Promise<void> {
  await openServer()
  console.error('Stop it with Ctrl+C; trainings go on from their last checkpoint at the next start.')
}
