'use client'

import type { ReactNode } from 'react'

/** A few ways to go on, each a title and a line; the chosen one is tinted. */
export function ChoiceCards<Value extends string>(props: {
  label: string
  value: Value | null
  choices: readonly { value: Value; title: string; text: string }[]
  onChoose: (value: Value) => void
}): ReactNode {
  return (
    <div role="group" aria-label={props.label} className="grid grid-cols-1 gap-2 wide:grid-cols-2">
      {props.choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === props.value}
          onClick={() => props.onChoose(choice.value)}
          className="rounded-1 border border-line-2 px-3 py-2.5 text-left text-13 hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-tint aria-pressed:ring-1 aria-pressed:ring-accent aria-pressed:ring-inset"
        >
          {choice.title}
          <span className="block text-12 text-ink-2">{choice.text}</span>
        </button>
      ))}
    </div>
  )
}
