import type { ReactNode } from 'react'
import { Chip, OutlinedChip } from '../../_ui/chip.tsx'
import type { ClaimTag } from './claim.ts'

/** A word of a tested family with its icon and tint, or what stands in its place. */
export function ClaimChip({ tag }: { tag: ClaimTag }): ReactNode {
  return tag.kind === 'outlined' ? (
    <OutlinedChip>{tag.text}</OutlinedChip>
  ) : (
    <Chip word={tag.word} text={tag.text} />
  )
}
