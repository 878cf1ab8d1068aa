/** The parts of a prepared data set, in the order in which its files are hashed. */
export const datasetParts = ['train', 'validation', 'test'] as const
export type DatasetPart = (typeof datasetParts)[number]

export const examplesFile = (part: DatasetPart): string => `${part}.examples.npy`
export const labelsFile = (part: DatasetPart): string => `${part}.labels.npy`
/** Only of a table. */
export const testGroupsFile = 'test.groups.npy'

export const metaFile = 'meta.json'

/** All files but meta.json, in the order in which they are hashed. */
export const datasetFiles: readonly string[] = [
  ...datasetParts.flatMap((part) => [examplesFile(part), labelsFile(part)]),
  testGroupsFile,
]
