import type { ReactNode } from 'react'
import type { DataSpec } from '../../../core/contracts/protocol.ts'
import { count } from '../../_ui/format.ts'
import { drawnText } from './data-text.ts'

const cell = 'border-b border-line py-1.5'

/** The three parts of the data, how each was drawn, and the hash over all of it. */
export function DataTable({ data }: { data: DataSpec }): ReactNode {
  const drawn = drawnText(data)
  // MNIST comes with an official test set; of other data the split seed draws one.
  const test = data.name === 'mnist' ? 'the official set, unchanged' : drawn
  const rows = [
    ['Train', data.train, drawn],
    ['Validation', data.validation, drawn],
    ['Test', data.test, test],
  ] as const
  return (
    <>
      <table className="w-full max-w-[520px] border-collapse text-13">
        <thead className="text-12 text-ink-2">
          <tr className="border-b border-line-strong">
            <th scope="col" className="pb-2 text-left font-medium">
              Part
            </th>
            <th scope="col" className="pb-2 text-right font-medium">
              Examples
            </th>
            <th scope="col" className="pb-2 pl-6 text-left font-medium">
              Drawn
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([part, examples, how]) => (
            <tr key={part}>
              <th scope="row" className={`${cell} text-left font-normal`}>
                {part}
              </th>
              <td className={`${cell} text-right`}>{count(examples)}</td>
              <td className={`${cell} pl-6 text-ink-2`}>{how}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-12 text-ink-3">
        SHA-256 over examples, labels and split:
        <span className="block w-[32ch] font-mono [overflow-wrap:anywhere]">{data.hash}</span>
      </p>
    </>
  )
}
