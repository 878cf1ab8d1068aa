import type { DatasetView } from '../../../core/contracts/views.ts'
import { count, counted } from '../../_ui/format.ts'
import { copiesText } from '../experiment/copies-text.ts'

/** Sizes, shape, copies and origin of a data set, as a hint under its name. */
export function datasetText(dataset: DatasetView): string {
  const { train, validation, test, classes, groups, inputSize, shape } = dataset
  const example = groups === undefined ? shape : `A table of ${count(inputSize)} columns`
  return [
    `${count(train)} train, ${count(validation)} validation, ${count(test)} test.`,
    `${example}, ${count(classes)} classes.`,
    copies(dataset),
    `Source: ${dataset.source}; ${dataset.licence}.`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function copies({ groups, testCopiesRemoved }: DatasetView): string {
  if (groups !== undefined) return `${copiesText(groups)} Equal rows stay in one part.`
  return testCopiesRemoved === 0
    ? ''
    : `${counted(testCopiesRemoved, 'copy of a test example was', 'copies of test examples were')} taken out of train and validation.`
}
