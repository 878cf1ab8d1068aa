import type { ReactNode } from 'react'
import type { ArmView } from '../../../core/contracts/views.ts'
import { armLook } from '../../_charts/arm-look.ts'
import { ArmMarker } from '../../_charts/arm-marker.tsx'

/** One switch an arm: drawn or not. */
export function ArmToggles(props: {
  arms: readonly ArmView[]
  shown: readonly string[]
  onToggle: (armId: string) => void
}): ReactNode {
  return (
    <div
      role="group"
      aria-label="Arms shown"
      className="mt-3 flex gap-1.5 text-13 max-wide:-mx-4 max-wide:scroll-fade max-wide:px-4 wide:flex-wrap"
    >
      {props.arms.map((arm) => {
        const on = props.shown.includes(arm.id)
        return (
          <button
            key={arm.id}
            type="button"
            aria-pressed={on}
            onClick={() => props.onToggle(arm.id)}
            className="flex h-9 flex-none items-center gap-[7px] rounded-1 border border-line-2 pr-2.5 pl-2 text-ink-2 aria-pressed:border-line-strong aria-pressed:bg-surface aria-pressed:text-ink wide:h-7"
          >
            <ArmMarker look={armLook(arm)} className={on ? '' : 'opacity-35'} />
            {arm.label}
          </button>
        )
      })}
    </div>
  )
}
