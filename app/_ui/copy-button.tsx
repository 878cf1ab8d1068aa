'use client'

import type { ReactNode } from 'react'
import { toast } from 'sonner'
import { Button } from './button.tsx'

/** Copies `text` and says so; where the browser forbids it, says what to do instead. */
export function CopyButton(props: {
  text: string
  children: ReactNode
  done: string
  /** What it copies, where more than one button of a page says "Copy". */
  label?: string
  className?: string
}): ReactNode {
  return (
    <Button
      small
      aria-label={props.label}
      className={props.className ?? ''}
      onClick={() => void copy(props.text, props.done)}
    >
      {props.children}
    </Button>
  )
}

async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(done)
  } catch {
    if (copyBySelection(text)) toast(done)
    else toast.error('This browser does not let the page copy. Select the text by hand.')
  }
}

/** Plain http on another machine has no clipboard; a selected text area still copies there. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  return copied
}
