import { numberProblemText } from '../../core/numbers/number-problem.ts'
import { readCount } from '../../core/numbers/read-number.ts'

export interface WholeBounds {
  min: number
  max: number
}

/** A whole number of an option or a variable as people write it: its value, or a sentence that says what to write. */
export function readWholeSetting(
  text: string,
  { min, max }: WholeBounds,
): { value: number } | { fault: string } {
  const found = readCount(text)
  if (!('value' in found))
    return { fault: numberProblemText(found, `It must be a whole number from ${min} to ${max}.`) }
  if (found.value < min) return { fault: `It must be ${min} or more.` }
  if (found.value > max) return { fault: `It must be ${max} or less.` }
  return found
}
