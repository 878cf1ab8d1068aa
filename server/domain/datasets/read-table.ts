import { gunzipSync } from 'node:zlib'
import { CsvError, parse } from 'csv-parse/sync'
import { numericTable, type NumericTable, type TableText } from '../../../core/data/numeric-table.ts'
import { DomainError } from '../../platform/domain-error.ts'

/**
 * A comma separated table with a line of names, compressed with gzip or not: `target` holds the classes, every other
 * column is a number. Throws DomainError bad-input that names file, line and column.
 */
export function readTable(
  bytes: Uint8Array,
  { name, target }: { name: string; target: string },
): NumericTable {
  const refuse = (text: string, cause: unknown): DomainError =>
    new DomainError('bad-input', `${name}: ${text}.`, { cause })
  try {
    return numericTable(readText(unzip(bytes)), target)
  } catch (error) {
    if (error instanceof CsvError) throw refuse(`not a comma separated table: ${error.message}`, error)
    if (error instanceof RangeError) throw refuse(error.message, error)
    throw error
  }
}

function unzip(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes)
  } catch (error) {
    throw new RangeError('begins like a gzip file and cannot be decompressed: it may be cut short', {
      cause: error,
    })
  }
}

function readText(bytes: Uint8Array): TableText {
  const rows: TableText['rows'] = []
  parse(bytes, {
    bom: true,
    on_record: (cells: string[], { lines }) => {
      rows.push({ line: lines, cells })
      return null
    },
    // Rows of another length are refused with their line by who reads the table.
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  })
  const [header, ...below] = rows
  if (header === undefined) throw new RangeError('the file is empty: a line of column names is needed')
  return { columns: header.cells, rows: below }
}
