const trueMinus = '\u2212'

const grouped = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+$)/g, ',')

/** From here on decimals say nothing, and from there on digits neither. */
const large = 100_000
const huge = 1e15

const plainText = (value: number, digits: number): string =>
  value < large ? value.toFixed(digits) : value < huge ? grouped(value.toFixed(0)) : value.toExponential(2)

/**
 * Fixed digits with a true minus sign; what rounds to zero has no sign: "−0.62". Large numbers are whole, "10,239,152",
 * and huge ones in powers of ten, "1.20e+21".
 */
export const formatNumber = (value: number, digits: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be shown as a number`)
  const text = plainText(Math.abs(value), digits)
  return value < 0 && Number(text) !== 0 ? `${trueMinus}${text}` : text
}

/** As `formatNumber`, with a plus before what is positive. "+1.84" */
export const formatSigned = (value: number, digits: number): string => {
  const text = formatNumber(value, digits)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

/** As few digits as say the number, for margins and levels: "1", "0.5", "0.02". */
export const formatPlain = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be shown as a number`)
  const text = String(Number(Math.abs(value).toPrecision(6)))
  return value < 0 ? `${trueMinus}${text}` : text
}

/** Whole numbers with a comma for thousands: "10,000". */
export const formatCount = (value: number): string => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`)
  return value < 0 ? `${trueMinus}${grouped(String(-value))}` : grouped(String(value))
}
