import { decimal } from '../../_ui/format.ts'

/** A value of unknown kind to four digits that say something: 71.53 -> "71.53", 0.000012 -> "1.20e−5". */
export function loggedValue(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return value.toExponential(2).replaceAll('-', '\u2212')
  if (Number.isInteger(value)) return decimal(value, 0)
  return decimal(value, Math.min(4, Math.max(0, 3 - Math.floor(Math.log10(size)))))
}
