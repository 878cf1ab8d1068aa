import type { ReactNode } from 'react'

/** A part of the form: what it is about on the left, its fields on the right. */
export function FormSection(props: { title: string; text: string; children: ReactNode }): ReactNode {
  return (
    <fieldset className="grid gap-3 border-t border-line py-6 first:border-t-0 first:pt-0 wide:grid-cols-[148px_minmax(0,1fr)] wide:gap-6 wide:pb-8">
      <legend className="sr-only">{props.title}</legend>
      <div>
        <h2 className="text-14" aria-hidden="true">
          {props.title}
        </h2>
        <p className="mt-1 text-12 leading-[1.45] text-ink-3">{props.text}</p>
      </div>
      <div className="min-w-0">{props.children}</div>
    </fieldset>
  )
}
