import type { CheckedFile, VerificationOutcome, VerificationReport } from '../contracts/verification.ts'
import { capital, counted } from '../text/grammar.ts'
import { engineCards } from '../engines/registry.ts'
import { formatCount } from '../text/format-number.ts'

type Files = Pick<VerificationReport, 'weights' | 'testLogits'>

const asRecorded = ({ recorded, listed, onDisk, found }: CheckedFile): boolean =>
  listed === null && onDisk === recorded && found === recorded

/** Identical: record, file and training say the same, of the weights and of the test logits. */
export const verificationOutcome = ({ weights, testLogits }: Files): VerificationOutcome =>
  asRecorded(weights) && asRecorded(testLogits) ? 'identical' : 'differs'

/** What differs, a sentence or two a file; a damaged file is told apart from a training that gave something else. */
export function verificationDifferences(
  { weights, testLogits, engine }: Files & Pick<VerificationReport, 'engine'>,
  planned: { name: string; version: string },
): string[] {
  if (weights.found === null || testLogits.found === null)
    return ['The training diverged this time; the stored one did not.', ...engineText(engine, planned)]
  const trainedOtherwise = weights.found !== weights.recorded || testLogits.found !== testLogits.recorded
  return [
    ...fileTexts('weights', weights),
    ...fileTexts('test logits', testLogits),
    ...(trainedOtherwise ? engineText(engine, planned) : []),
  ]
}

function fileTexts(what: string, file: CheckedFile): string[] {
  const { recorded, listed, onDisk, found } = file
  const texts: string[] = []
  if (found === onDisk && found !== recorded)
    texts.push(
      `${capital(what)}: training and file agree (${short(found)}), but the recorded SHA-256 is ${short(recorded)}: the record was changed.`,
    )
  else {
    if (found !== recorded)
      texts.push(
        `${capital(what)}: the training gave something else (${short(found)} instead of ${short(recorded)})${onDisk === recorded ? whereText(file) : ''}.`,
      )
    if (onDisk === null)
      texts.push(
        `${capital(what)}: the stored file is gone${found === recorded ? '; the training gives it again' : ''}.`,
      )
    else if (onDisk !== recorded)
      texts.push(
        `${capital(what)}: the stored file is damaged (${short(onDisk)} instead of ${short(recorded)})${found === recorded ? `, while the training gives what was recorded${whereText(file)}` : ''}.`,
      )
  }
  if (listed !== null)
    texts.push(
      `${capital(what)}: the list of artifacts records ${short(listed)}, the run ${short(recorded)}.`,
    )
  return texts
}

/** "; 12 of 109,386 numbers differ, first layer-1/kernel [17]: 0.25 stored, 0.26 found; largest difference 0.01" */
function whereText({ difference }: CheckedFile): string {
  if (difference === null) return '; their sizes differ'
  const { array, index, stored, found, differing, elements, largest } = difference
  const most = largest === null ? 'one is not finite' : `largest difference ${Number(largest.toPrecision(3))}`
  return `; ${formatCount(differing)} of ${counted(elements, 'number')} ${differing === 1 ? 'differs' : 'differ'}, first ${array} [${index}]: ${number(stored)} stored, ${number(found)} found; ${most}`
}

function engineText(
  engine: VerificationReport['engine'],
  planned: { name: string; version: string },
): string[] {
  if (engine.version !== planned.version)
    return [`It was trained with ${planned.version} and checked with ${engine.version}.`]
  const { engine: named, only } = engineCards[engine.name].promise
  if (only === null) return []
  const little = engineCards[engine.name].tiedToMachine
    ? ': this says little where it was trained elsewhere'
    : ''
  return [`${named} gives the same bits only ${only}${little}.`]
}

/** Nine digits tell any two float32 numbers apart. */
const number = (value: number | null): string =>
  value === null ? 'not finite' : String(Number(value.toPrecision(9))).replace('-', '−')

const short = (sha256: string | null): string => (sha256 ?? 'none').slice(0, 8)
