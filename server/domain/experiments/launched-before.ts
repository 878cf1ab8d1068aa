import { eq } from 'drizzle-orm'
import type { LaunchKey } from '../../../core/contracts/launch.ts'
import type { Db } from '../../../db/open-database.ts'
import { experiments } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'

/** What tells one launch from another. */
export interface LaunchMark {
  key: LaunchKey | null
  draftHash: string
}

/**
 * The experiment that was launched with this key, or null. Throws DomainError conflict where it was launched from
 * another draft: what is asked for now would not be what is found.
 */
export function launchedBefore(db: Db, { key, draftHash }: LaunchMark): string | null {
  if (key === null) return null
  const known = db
    .select({ id: experiments.id, draftHash: experiments.draftHash })
    .from(experiments)
    .where(eq(experiments.launchKey, key))
    .get()
  if (known === undefined) return null
  if (known.draftHash === draftHash) return known.id
  throw new DomainError(
    'conflict',
    `With this launch key the experiment ${known.id} was launched, from other settings. Open that one, or send these with a new key to launch another experiment.`,
    { experimentId: known.id },
  )
}
