import type { DataSpec } from '../../../core/contracts/protocol.ts'
import { count, counted } from '../../_ui/format.ts'
import { copiesText } from '../experiment/copies-text.ts'

/** How a part of the data was drawn, where no official part was taken as it is. */
export function drawnText({ groups, splitSeed }: DataSpec): string {
  return `stratified${groups === undefined ? '' : ', equal rows together'}, split seed ${splitSeed}`
}

/** What an example is, and what was done about copies between the parts; goes on after the name of the data set. */
export function dataText({ classes, inputSize, testCopiesRemoved, groups, test }: DataSpec): string {
  const shape = `${count(classes)} classes, ${counted(inputSize, 'number')} an example`
  if (groups !== undefined) {
    const one =
      groups.test < test
        ? ` In the verdict they count as one: ${count(groups.test)} groups of ${count(test)} test examples.`
        : ''
    return `${shape}, each column standardised as in the training set. ${copiesText(groups)} Equal rows stand in the same part, so no row of train or validation is also in the test set.${one}`
  }
  const copies =
    testCopiesRemoved === 0
      ? 'No example of train or validation is also in the test set.'
      : `${counted(testCopiesRemoved, 'example that is', 'examples that are')} also in the test set ${testCopiesRemoved === 1 ? 'was' : 'were'} taken out of train and validation.`
  return `${shape}, scaled to 0–1, no augmentation. ${copies}`
}
