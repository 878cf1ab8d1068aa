/** A table as its file has it: one line of names, then rows of text. */
export interface TableText {
  columns: string[]
  rows: {
    /** Line of the file, from 1; the header is usually line 1. */
    line: number
    cells: string[]
  }[]
}

/** Classified examples with numbers as inputs. */
export interface NumericTable {
  featureNames: string[]
  /** Row-major [n, features], finite. */
  features: Float64Array
  /** The names that the target column holds, sorted by code unit: class k is the k-th. */
  classNames: string[]
  /** [n], 0 to classes − 1. */
  labels: Int32Array
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

const readNumber = (text: string, place: () => string): number => {
  const cell = text.trim()
  if (cell === '')
    throw new RangeError(`${place()} is empty: fill it in or take the row out, missing values are not read`)
  const value = decimal.test(cell) ? Number(cell) : Number.NaN
  if (!Number.isFinite(value))
    throw new RangeError(`${place()} is "${cell.slice(0, 40)}", not a number: inputs are numbers`)
  return value
}

const targetColumn = (columns: readonly string[], target: string): number => {
  const seen = new Set<string>()
  columns.forEach((column, at) => {
    if (column === '') throw new RangeError(`the header: column ${at + 1} has no name`)
    if (seen.has(column)) throw new RangeError(`the header names the column "${column}" twice`)
    seen.add(column)
  })
  const found = columns.indexOf(target)
  if (found < 0)
    throw new RangeError(`there is no column "${target}": the header has ${columns.join(', ').slice(0, 400)}`)
  if (columns.length < 2) throw new RangeError(`there are no inputs beside the column "${target}"`)
  return found
}

/**
 * The target column as classes, every other column as an input.
 * @throws RangeError that names line and column: names that are missing or doubled, an unknown target, no rows, a row of
 * another length, a cell that is empty or not a decimal number; fewer than two classes.
 */
export const numericTable = ({ columns, rows }: TableText, target: string): NumericTable => {
  const targetAt = targetColumn(columns, target)
  if (rows.length === 0) throw new RangeError('there are no rows below the header')
  const featureNames = columns.filter((_, at) => at !== targetAt)
  const features = new Float64Array(rows.length * featureNames.length)
  const names: string[] = []
  let to = 0
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length)
      throw new RangeError(`line ${line}: ${cells.length} cells, the header has ${columns.length}`)
    cells.forEach((cell, at) => {
      const place = (): string => `line ${line}, column "${columns[at]}"`
      if (at !== targetAt) features[to++] = readNumber(cell, place)
      else if (cell.trim() === '') throw new RangeError(`${place()} is empty: every row needs its class`)
      else names.push(cell.trim())
    })
  }
  const classNames = [...new Set(names)].sort()
  if (classNames.length < 2)
    throw new RangeError(`column "${target}" holds "${classNames[0]}" alone: at least two classes are needed`)
  const classOf = new Map(classNames.map((name, k) => [name, k]))
  return {
    featureNames,
    features,
    classNames,
    labels: Int32Array.from(names, (name) => classOf.get(name) ?? -1),
  }
}
