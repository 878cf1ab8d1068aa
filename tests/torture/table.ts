import { isDeepStrictEqual } from 'node:util'
import { curveKeys } from '../../core/evaluation/curve-keys.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/** What must not depend on what happened on the way: one line a fact, by its name. */
export type Table = Map<string, unknown>

/**
 * Weights by their SHA-256, every figure, every point of every curve, every comparison; with `latency` also that it was
 * measured and how the experiment ended.
 */
export async function readTable(api: ServerUnderTest['api'], id: string, latency: boolean): Promise<Table> {
  const table: Table = new Map()
  const document = await api.experiments.document.query({ id })
  for (const arm of document.arms) {
    table.set(`${arm.id} size`, [arm.parameters, arm.sizeBytes, arm.macs, arm.steps, arm.epochs])
    if (latency) table.set(`${arm.id} has a latency`, arm.latencyMs !== null)
    for (const run of arm.runs) {
      const name = `${arm.id} ${run.seed}`
      table.set(`${name} weights`, [run.status, run.weightsSha256])
      table.set(`${name} figures`, run.metrics)
    }
  }
  for (const one of document.comparisons) {
    table.set(`${one.family} ${one.metric} ${one.arm} against ${one.against}`, one)
  }
  for (const key of curveKeys) {
    const { arms } = await api.experiments.curves.query({ id, key })
    for (const arm of arms)
      for (const { seed, points } of arm.seeds) table.set(`${arm.armId} ${seed} ${key}`, points)
  }
  const page = await api.experiments.page.query({ id })
  table.set('protocol', page.protocolHash)
  if (latency) table.set('end', [page.status, page.after.find(({ kind }) => kind === 'profile')?.state])
  return table
}

/** Names of the facts in which two tables differ. */
export function differences(expected: Table, found: Table): string[] {
  const names = new Set([...expected.keys(), ...found.keys()])
  return [...names].filter((name) => !isDeepStrictEqual(expected.get(name), found.get(name)))
}
