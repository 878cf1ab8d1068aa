import type { ReactNode } from 'react'
import type { Method } from '../../../core/contracts/arm.ts'
import type { LossPart } from '../../../core/methods/formula.ts'
import { openMethod } from '../../../core/methods/registry.ts'

/** The loss of an arm with the numbers of its protocol: words upright, variables italic. */
export function Formula({ method }: { method: Method }): ReactNode {
  return openMethod(method)
    .formula()
    .map(({ examples, parts }) => (
      <p
        key={examples}
        className="font-serif text-[15px] leading-[1.7] italic lining-nums max-wide:text-14 [&_sup]:text-[0.72em] [&_sup]:leading-none"
      >
        L
        {examples === 'all' ? null : <sub className="text-[0.72em] leading-none not-italic"> {examples}</sub>}{' '}
        ={' '}
        {parts.map((part, index) => (
          // Parts of one fixed formula: the position is their identity.
          // oxlint-disable-next-line react/no-array-index-key
          <Part key={index} part={part} />
        ))}
      </p>
    ))
}

function Part({ part }: { part: LossPart }): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'name':
      return <span className="not-italic">{part.text}</span>
    case 'tempered':
      return (
        <>
          {part.of}
          <sup>T</sup>
        </>
      )
  }
}
