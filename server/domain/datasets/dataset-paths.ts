import path from 'node:path'
import type { StateFolder } from '../../platform/state-folder.ts'
import { labelsFile, testGroupsFile, type DatasetPart } from './dataset-files.ts'

export const datasetFolder = (folder: StateFolder, hash: string): string => path.join(folder.datasets, hash)

/** Relative path of a part's labels, int32 [n] in split order. */
export const labelsPath = (hash: string, part: DatasetPart): string => `datasets/${hash}/${labelsFile(part)}`

/** Relative path of the groups of test examples that count as one, int32 [n] in split order. */
export const testGroupsPath = (hash: string): string => `datasets/${hash}/${testGroupsFile}`
