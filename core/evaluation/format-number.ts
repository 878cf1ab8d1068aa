const trueMinus = '\u2212'

/** Fixed digits with a true minus sign; what rounds to zero has no sign. "−0.62" */
export const formatNumber = (value: number, digits: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be shown as a number`)
  const text = Math.abs(value).toFixed(digits)
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
  return formatNumber(value, 0).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}
