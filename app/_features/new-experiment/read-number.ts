/** A number as people type it: "1e-3", ".9", "2,000", "0,5". null for anything else. */
export function readNumber(text: string): number | null {
  const trimmed = text.trim()
  const plain = /^\d{1,3}(,\d{3})+$/.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed.replace(',', '.')
  if (!/^[-+−]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null
  const value = Number(plain.replace('−', '-'))
  return Number.isFinite(value) ? value : null
}

/** "1,024": a width as the pages print it, or a layer of 1 and one of 24? No width has more than four digits. */
const ambiguousWidth = /(^|\D)\d,\d{3}(?!\d)/

/** What to do about widths that `readWidths` or its reader refused. */
export const widthsProblem = (text: string): string =>
  ambiguousWidth.test(text)
    ? 'Write 1024, or put a space between two widths.'
    : 'Up to 8 layer widths from 1 to 8,192, such as “800, 800”.'

/** Layer widths, "800, 800" or "128-64"; an empty text is a network without hidden layers. null for anything else. */
export function readWidths(text: string): number[] | null {
  if (ambiguousWidth.test(text)) return null
  // A hyphen between two widths separates them; before a number alone it is a minus.
  if (/^\s*-|[\s,;-]-\d/.test(text)) return null
  const parts = text.split(/[\s,;-]+/).filter(Boolean)
  const widths = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : null))
  return widths.some((width) => width === null) ? null : widths.flatMap((width) => width ?? [])
}

/** "4,500": one number as the pages print it, or two? */
const ambiguous = /(^|\D)\d{1,3}(,\d{3})+(?!\d)/

/** The list "3, 5, 10" as numbers; null for what is no list of whole numbers, or may be two lists. */
export function readCounts(text: string): number[] | null {
  if (ambiguous.test(text)) return null
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  const counts = parts.map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : null))
  return counts.length === 0 || counts.includes(null) ? null : counts.flatMap((count) => count ?? [])
}

/** What to do about a list that `readCounts` or its reader refused; `otherwise` says what the list may be. */
export const countsProblem = (text: string, otherwise: string): string =>
  ambiguous.test(text) ? 'Write 4500, or put a space between two numbers.' : otherwise
