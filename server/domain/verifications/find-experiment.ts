import { and, asc, eq, gte, lt } from 'drizzle-orm'
import { experiments, runs } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'

/** As many candidates as a message names. */
const mostNamed = 5

/**
 * The experiment that a person means: its id, the beginning of one, or the address of a page of it or of a run.
 * @throws DomainError not-found, or bad-input where several begin so
 */
export function findExperiment(ctx: Context, text: string): { experimentId: string; runId: string | null } {
  const [, kind, idInAddress] = /\/(experiments|runs)\/([^/?#]+)/.exec(text) ?? []
  if (kind === 'runs' && idInAddress !== undefined) {
    const run = ctx.db.read
      .select({ id: runs.id, experimentId: runs.experimentId })
      .from(runs)
      .where(eq(runs.id, idInAddress))
      .get()
    if (run === undefined)
      throw new DomainError('not-found', `There is no run ${idInAddress} in this state folder.`)
    return { experimentId: run.experimentId, runId: run.id }
  }
  const wanted = idInAddress ?? text
  const known = ctx.db.read
    .select({ id: experiments.id, name: experiments.name })
    .from(experiments)
    .where(and(gte(experiments.id, wanted), lt(experiments.id, `${wanted}\uffff`)))
    .orderBy(asc(experiments.id))
    .limit(mostNamed + 1)
    .all()
  const [first] = known
  if (first === undefined)
    throw new DomainError(
      'not-found',
      `There is no experiment ${wanted} in this state folder. Give an id, its beginning, or the address of its page.`,
    )
  if (known.length > 1 && first.id !== wanted) {
    const named = known.slice(0, mostNamed).map(({ id, name }) => `  ${id}  ${name}`)
    throw new DomainError(
      'bad-input',
      [`More than one experiment begins with ${wanted}:`, ...named, 'Give more of the id.'].join('\n'),
    )
  }
  return { experimentId: first.id, runId: null }
}
