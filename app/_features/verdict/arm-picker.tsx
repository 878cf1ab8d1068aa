import type { ReactNode } from 'react'

/** A row of buttons that scrolls sideways: which arm a turned table shows. */
export function ArmPicker(props: {
  label: string
  arms: readonly { id: string; label: string }[]
  chosen: string | undefined
  onChoose: (id: string) => void
}): ReactNode {
  return (
    <div
      role="group"
      aria-label={props.label}
      className="-mx-4 mb-3 flex gap-1.5 overflow-x-auto px-4 py-0.5 [scrollbar-width:none]"
    >
      {props.arms.map((arm) => (
        <button
          key={arm.id}
          type="button"
          aria-pressed={arm.id === props.chosen}
          onClick={() => props.onChoose(arm.id)}
          className="h-9 rounded-1 border border-line px-3 text-13 whitespace-nowrap text-ink-2 aria-pressed:border-accent aria-pressed:bg-accent-tint aria-pressed:font-medium aria-pressed:text-ink"
        >
          {arm.label}
        </button>
      ))}
    </div>
  )
}
