import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

/** A command to type elsewhere, with the way to take it along. Lines break between its words: never within "--run". */
export function Command({ text }: { text: string }): ReactNode {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 rounded-1 border border-line bg-bg py-1.5 pr-1.5 pl-3">
      <code className="font-mono text-12">
        {text.split(' ').map((word, index) => (
          // Words of one fixed text: the position is their identity.
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={index}>
            {index === 0 ? '' : ' '}
            <span className="inline-block max-w-full align-top [overflow-wrap:anywhere]">{word}</span>
          </Fragment>
        ))}
      </code>
      <CopyButton text={text} done="The command is copied." label="Copy the command">
        Copy
      </CopyButton>
    </div>
  )
}
