import type { ReactNode } from 'react'
import { DownIcon, EqualIcon, QuestionIcon, UpIcon } from './icons.tsx'
import { verdictTone } from './verdict-tone.ts'
import type { ChipWord } from './verdict-tone.ts'

const looks = {
  helped: { icon: UpIcon, tint: 'bg-helped-tint text-helped-ink' },
  hurt: { icon: DownIcon, tint: 'bg-hurt-tint text-hurt-ink' },
  same: { icon: EqualIcon, tint: 'bg-same-tint text-same-ink' },
  open: { icon: QuestionIcon, tint: 'bg-open-tint text-open-ink' },
} as const

/** The gap is better when it is smaller: its arrows go with the word, its colours with what that means. */
const ownIcon: Partial<Record<ChipWord, typeof UpIcon>> = { smaller: DownIcon, larger: UpIcon }

const shape = 'inline-flex h-[22px] items-center gap-[5px] rounded-1 text-12 leading-none whitespace-nowrap'

/** A decided verdict: icon and word carry it, the tint comes third. `text`: what is said instead of the word alone. */
export function Chip({
  word,
  text = word,
  className = '',
}: {
  word: ChipWord
  text?: string
  className?: string
}): ReactNode {
  const { icon, tint } = looks[verdictTone[word]]
  const Icon = ownIcon[word] ?? icon
  return (
    <span className={`${shape} pr-2 pl-1.5 font-semi print:[print-color-adjust:exact] ${tint} ${className}`}>
      <Icon className="size-3 flex-none" />
      {text}
    </span>
  )
}

/** What stands where a word would, but is none: "provisional, 5 of 8 seeds", "no verdict". */
export function OutlinedChip({
  children,
  className = '',
}: {
  children: ReactNode
  className?: string
}): ReactNode {
  return (
    <span className={`${shape} px-2 font-[480] text-ink-2 ring-1 ring-line-2 ring-inset ${className}`}>
      {children}
    </span>
  )
}

/** A neutral label of the system: "demonstration", "always included". */
export function Tag({ children, className = '' }: { children: ReactNode; className?: string }): ReactNode {
  return (
    <span
      className={`inline-flex h-[18px] items-center rounded-[3px] border border-line px-1.5 text-11 font-normal whitespace-nowrap text-ink-2 ${className}`}
    >
      {children}
    </span>
  )
}
