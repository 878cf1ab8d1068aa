import { DomainError } from '../../platform/domain-error.ts'
import { createRecent } from '../../platform/recent.ts'
import type { Context } from '../context.ts'
import { datasetFault, readTestInts } from '../datasets/dataset-fault.ts'
import { labelsFile, testGroupsFile } from '../datasets/dataset-files.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'

/** What predictions are read against. */
export interface TestData {
  /** [N]. */
  labels: Int32Array
  /** Examples with equal inputs count as one observation, [N]; undefined where each stands for itself. */
  groups: Int32Array | undefined
}

const mostDatasets = 8
const byHash = createRecent<string, TestData>(mostDatasets)

/** Looked at once for each time that an experiment is loaded: one page says one thing of its data. */
const ofLoaded = new WeakMap<LoadedExperiment, TestData | DomainError>()

/** The test labels and groups of an experiment. Throws DomainError where its data are gone, damaged or cannot be read now. */
export function testData(ctx: Context, loaded: LoadedExperiment): TestData {
  const found = ofLoaded.get(loaded) ?? look(ctx, loaded)
  ofLoaded.set(loaded, found)
  if (found instanceof DomainError) throw found
  return found
}

/** Why the data of an experiment cannot be read as they were stored, or null. */
export function dataFault(ctx: Context, loaded: LoadedExperiment): DomainError | null {
  try {
    testData(ctx, loaded)
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error
  }
}

/** The groups as an argument that is left out where there are none, or where nothing can be read and judged. */
export function groupsArgument(ctx: Context, loaded: LoadedExperiment): { groups?: Int32Array } {
  if (dataFault(ctx, loaded) !== null) return {}
  const { groups } = testData(ctx, loaded)
  return groups === undefined ? {} : { groups }
}

function look(ctx: Context, { protocol }: LoadedExperiment): TestData | DomainError {
  const { hash, test, groups } = protocol.data
  try {
    const fault = datasetFault(ctx, hash)
    if (fault !== null) return fault
    const data = byHash.get(hash) ?? {
      labels: readTestInts(ctx, hash, labelsFile('test'), test),
      groups: groups === undefined ? undefined : readTestInts(ctx, hash, testGroupsFile, test),
    }
    byHash.set(hash, data)
    return data
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error
  }
}
