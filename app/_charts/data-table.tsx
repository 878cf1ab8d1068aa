import type { ReactNode } from 'react'

/** The figures behind a picture; the first cell of a row names it. */
export interface ChartTable {
  caption: string
  head: string[]
  rows: string[][]
}

/** The figures of a chart for who cannot see it. */
export function DataTable({ table }: { table: ChartTable }): ReactNode {
  return (
    // A table keeps the width of its words whatever it is told: a box around it hides it.
    <div className="sr-only">
      <table>
        <caption>{table.caption}</caption>
        <thead>
          <tr>
            {table.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, index) =>
                index === 0 ? (
                  <th key={table.head[index]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={table.head[index]}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
