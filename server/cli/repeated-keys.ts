interface Frame {
  place: string
  /** Null in a list, and in what stands within lists of scores, which are refused elsewhere. */
  keys: Set<string> | null
  key: string
  index: number
}

const marks = /"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\]]/g
/** Commas are looked at where problems stand side by side alone: between scores there are millions. */
const marksAndCommas = new RegExp(`${marks.source}|,`, 'g')

/**
 * Keys that an object of a problem holds twice, of which JSON.parse keeps the last without a word.
 * @param text JSON that was parsed without an error
 * @returns sentences that name the place: 'problem.methods: "kd" is named twice …'
 */
export function repeatedKeys(text: string): string[] {
  const faults = new Set<string>()
  const stack: Frame[] = []
  let at = 0
  for (;;) {
    const top = stack.at(-1)
    const pattern = stack.length === 1 && top?.keys === null ? marksAndCommas : marks
    pattern.lastIndex = at
    const mark = pattern.exec(text)?.[0]
    if (mark === undefined) return [...faults]
    at = pattern.lastIndex
    if (mark === '{' || mark === '[') stack.push(frameWithin(top, mark, stack.length))
    else if (mark === '}' || mark === ']') stack.pop()
    else if (mark === ',' && top !== undefined) top.index++
    else if (mark.endsWith(':') && top?.keys != null) {
      top.key = String(JSON.parse(mark.slice(0, -1)))
      if (top.keys.has(top.key)) faults.add(faultOf(top))
      top.keys.add(top.key)
    }
  }
}

function frameWithin(parent: Frame | undefined, mark: '{' | '[', depth: number): Frame {
  const frame = { key: '', index: 0 }
  if (parent === undefined)
    return mark === '{'
      ? { ...frame, place: 'problem', keys: new Set() }
      : { ...frame, place: 'problems', keys: null }
  const place = parent.keys === null ? `${parent.place}[${parent.index}]` : `${parent.place}.${parent.key}`
  const isRead = mark === '{' && (parent.keys !== null || depth === 1)
  return { ...frame, place, keys: isRead ? new Set() : null }
}

const faultOf = ({ place, key }: Frame): string =>
  place.endsWith('.methods')
    ? `${place}: ${JSON.stringify(key)} is named twice; give every method a name of its own`
    : `${place}: ${JSON.stringify(key)} is given twice; leave one of them`
