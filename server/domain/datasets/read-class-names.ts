import { z } from 'zod'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { readDatasetFile } from './dataset-fault.ts'
import { metaFile } from './dataset-files.ts'

const Meta = z.object({ classNames: z.array(z.string()).optional() })

/** The names of a table's classes; null where classes are numbers, or the data set is no longer there. */
export function readClassNames(ctx: Context, hash: string): string[] | null {
  try {
    return Meta.parse(JSON.parse(readDatasetFile(ctx, hash, metaFile).toString())).classNames ?? null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return null
  }
}
