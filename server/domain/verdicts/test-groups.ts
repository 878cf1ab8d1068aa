import type { DataSpec } from '../../../core/contracts/protocol.ts'
import { decodeNpy } from '../../../core/data/npy.ts'
import type { Context } from '../context.ts'
import { testGroupsPath } from '../datasets/dataset-paths.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'
import { DomainError } from '../../platform/domain-error.ts'

const groupsByHash = new Map<string, Int32Array>()

/**
 * Groups of test examples with equal inputs, [N], which count as one observation each; undefined where every example
 * stands for itself. Throws DomainError where they cannot be read.
 */
export function testGroups(ctx: Context, { hash, test, groups }: DataSpec): Int32Array | undefined {
  if (groups === undefined) return undefined
  const known = groupsByHash.get(hash)
  if (known !== undefined) return known
  const stored = decodeNpy(ctx.store.read(testGroupsPath(hash)))
  if (stored.dtype !== 'int32' || stored.data.length !== test)
    throw new DomainError('bad-input', `The test groups of data ${hash} are not ${test} int32.`)
  groupsByHash.set(hash, stored.data)
  return stored.data
}

/** The groups as an argument that is left out where there are none, or where nothing can be read and judged. */
export function groupsArgument(ctx: Context, { protocol }: LoadedExperiment): { groups?: Int32Array } {
  try {
    const groups = testGroups(ctx, protocol.data)
    return groups === undefined ? {} : { groups }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return {}
  }
}
