import { setTimeout as wait } from 'node:timers/promises'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import { experiments } from '../../db/schema.ts'
import type { EventResult } from './kills.ts'
import { leavesWithinMs, leftOf } from './marked-processes.ts'
import { until, withDatabase } from './room.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/** The moment of a launch in which the server is killed: so long after it was asked, or when the database has it. */
export type LaunchMoment = { afterMs: number } | 'stored'

/** Launches; where the server is killed meanwhile, again if it had not stored the experiment. */
export async function launchDisturbed(
  server: ServerUnderTest,
  draft: ExperimentDraftInput,
  moment: LaunchMoment | null,
): Promise<{ id: string } & EventResult> {
  if (moment === null) {
    const { id } = await server.api.experiments.launch.mutate(draft)
    return { id, orphans: 0, goneMs: null, note: '' }
  }
  const asked = server.api.experiments.launch.mutate(draft).then(
    ({ id }) => id,
    () => null,
  )
  if (moment === 'stored') {
    await until('the experiment in the database', () =>
      withDatabase(server.home, (db) => db.select().from(experiments).get() ?? null),
    )
  } else await wait(moment.afterMs)
  const workers = server.processes().filter(({ role }) => role === 'supervisor' || role === 'trainer')
  await server.kill()
  const answered = await asked
  const { left, lastMs } = await leftOf(
    server.marker,
    workers.map(({ pid }) => pid),
    leavesWithinMs,
  )
  await server.start()
  const [first, ...others] = await server.api.experiments.list.query({ limit: 10 })
  if (others.length > 0) throw new Error('One launch is stored as two experiments.')
  if (answered !== null && first?.id !== answered) throw new Error('An acknowledged launch is gone.')
  const note = `${answered === null ? 'unanswered' : 'answered'}, ${first === undefined ? 'not stored' : 'stored'}`
  const id = first?.id ?? (await server.api.experiments.launch.mutate(draft)).id
  return { id, orphans: left, goneMs: Math.round(lastMs), note }
}
