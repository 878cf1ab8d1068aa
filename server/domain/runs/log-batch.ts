import type { LogBatch, LoggedBatch } from '../../../core/contracts/log-batch.ts'
import { isTrainingKey } from '../../../core/contracts/training-keys.ts'
import type { Ingest, RunOwner } from '../../../db/prepare-ingest.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'

/** Tags in which the server notes what a document says of a run. */
const ownTags = 'stillhouse.'

/**
 * Stores what a client logs beside a training, at any state of the run: all or nothing, answered after the commit.
 * Points that carry their time are stored once, however often they are sent. Throws DomainError not-found, bad-input
 * (a name that is the training's own) or conflict (a param that has another value).
 */
export async function logBatch(ctx: Context, batch: LogBatch): Promise<LoggedBatch> {
  refuseOwnNames(batch)
  const { runId } = batch
  const now = ctx.clock.now()
  const points = batch.metrics.map(({ key, step, value, at }) => ({
    key,
    step,
    value,
    at: at ?? now,
    timed: at !== undefined,
  }))
  const { owner, stored } = await ctx.db.withTransaction(({ ingest }) => {
    const found = ingest.owner(runId)
    if (found === null) {
      throw new DomainError('not-found', `There is no run ${runId}. Its page shows the id of a run.`)
    }
    const metrics = ingest.logged(runId, points)
    const params = storeParams(ingest, batch)
    for (const { key, value } of batch.tags) ingest.tag(runId, key, value)
    return { owner: found, stored: { runId, metrics, params, tags: batch.tags.length } }
  })
  if (stored.metrics > 0) publish(ctx, runId, owner, batch.metrics)
  return stored
}

function refuseOwnNames({ metrics, tags }: LogBatch): void {
  const metric = metrics.findIndex(({ key }) => isTrainingKey(key))
  const key = metrics[metric]?.key
  if (key !== undefined) {
    throw new DomainError(
      'bad-input',
      `metrics.${metric}: "${key}" is a metric that the training itself writes. Log yours under another name, e.g. "client/${key}".`,
    )
  }
  const tag = tags.findIndex((one) => one.key.startsWith(ownTags))
  if (tag >= 0) {
    throw new DomainError(
      'bad-input',
      `tags.${tag}: tags that begin with "${ownTags}" are the server's own. Choose another name.`,
    )
  }
}

/** Params are written once: the same value again is no fault, another one is. */
function storeParams(ingest: Ingest, { runId, params }: LogBatch): number {
  let added = 0
  params.forEach(({ key, value }, index) => {
    const before = ingest.param(runId, key, value)
    if (before === null) added += 1
    else if (before !== value) {
      throw new DomainError(
        'conflict',
        `params.${index}: the param "${key}" is "${before}" and stays so, because a param says how the run was made. Log "${value}" as a tag, or under another name.`,
      )
    }
  })
  return added
}

function publish(ctx: Context, runId: string, owner: RunOwner, metrics: LogBatch['metrics']): void {
  ctx.bus.publish(() => ({
    type: 'metrics',
    experimentId: owner.experimentId,
    runId,
    armId: owner.armId ?? '',
    seed: owner.seed ?? 0,
    points: metrics.map(({ key, step, value }) => ({ key, step, value })),
  }))
}
