import type { ReactNode } from 'react'
import type { ComparisonWord } from '../../../core/contracts/verdict.ts'
import type { SpeedWord } from '../../../core/contracts/verdict-page.ts'
import { OutlinedChip } from '../../_ui/chip.tsx'
import { DownIcon, EqualIcon, QuestionIcon, UpIcon } from '../../_ui/icons.tsx'
import type { ClaimTag } from './claim.ts'

const better = { icon: UpIcon, tint: 'bg-helped-tint text-helped-ink' } as const
const worse = { icon: DownIcon, tint: 'bg-hurt-tint text-hurt-ink' } as const

const looks = {
  helped: better,
  smaller: better,
  faster: better,
  hurt: worse,
  larger: worse,
  slower: worse,
  'no practical difference': { icon: EqualIcon, tint: 'bg-same-tint text-same-ink' },
  inconclusive: { icon: QuestionIcon, tint: 'bg-open-tint text-open-ink' },
} as const satisfies Record<ComparisonWord | SpeedWord, unknown>

/** A word of a tested family with its icon and tint, or what stands in its place. */
export function ClaimChip({ tag }: { tag: ClaimTag }): ReactNode {
  if (tag.kind === 'outlined') return <OutlinedChip>{tag.text}</OutlinedChip>
  const { icon: Icon, tint } = looks[tag.word]
  return (
    <span
      className={`inline-flex h-[22px] items-center gap-[5px] rounded-1 pr-2 pl-1.5 text-12 leading-none font-semi whitespace-nowrap print:[print-color-adjust:exact] ${tint}`}
    >
      <Icon className="size-3 flex-none" />
      {tag.text}
    </span>
  )
}
