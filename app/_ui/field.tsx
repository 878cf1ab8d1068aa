import { useId } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { CheckIcon, ChevronIcon } from './icons.tsx'

const edge = 'border border-line-strong bg-surface aria-invalid:border-danger'
const control = `h-10 w-full rounded-1 px-2.5 text-16 wide:h-8 wide:text-13 ${edge}`

interface Around {
  label: string
  /** The label is only for screen readers: what stands around the field says it. */
  hideLabel?: boolean
  hint?: ReactNode
  problem?: string | undefined
  /** The value stands, yet may not be what was meant. */
  remark?: string | undefined
}

/** A line of text or a number, with its unit, a hint, and what is wrong with it. */
export function TextField({
  label,
  hideLabel = false,
  hint,
  problem,
  remark: found,
  unit,
  value,
  onValue,
  className = '',
  ...props
}: Around & {
  unit?: string
  value: string
  onValue: (value: string) => void
} & Omit<ComponentProps<'input'>, 'value' | 'onChange'>): ReactNode {
  const id = useId()
  // A value that is refused is not read as anything.
  const remark = problem === undefined ? found : undefined
  return (
    <div className={className}>
      <Label htmlFor={id} hide={hideLabel}>
        {label}
      </Label>
      <div className="flex">
        <input
          id={id}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={describedBy(id, hint, problem, remark)}
          autoComplete="off"
          className={`${control} ${unit === undefined ? '' : 'rounded-r-none'}`}
          {...props}
        />
        {unit === undefined ? null : (
          <span className="grid place-items-center rounded-r-1 border border-l-0 border-line-strong bg-sunken px-2.5 text-13 whitespace-nowrap text-ink-2">
            {unit}
          </span>
        )}
      </div>
      <Notes id={id} hint={hint} problem={problem} remark={remark} />
    </div>
  )
}

/**
 * A text that may need up to three lines on a small screen, but holds no line breaks: Enter takes the text as in any other
 * field. An invisible copy of the text gives the box its height.
 */
export function WrappingField(
  props: Around & { value: string; onValue: (value: string) => void },
): ReactNode {
  const id = useId()
  const box =
    'col-start-1 row-start-1 min-h-10 px-2.5 py-[7px] text-16 leading-6 wide:min-h-8 wide:py-[5px] wide:text-13 wide:leading-5'
  return (
    <div>
      <Label htmlFor={id} hide={props.hideLabel ?? false}>
        {props.label}
      </Label>
      <div className="grid">
        <span
          aria-hidden="true"
          className={`${box} pointer-events-none invisible max-h-[88px] overflow-hidden border border-transparent break-words whitespace-pre-wrap wide:max-h-[72px]`}
        >
          {`${props.value} `}
        </span>
        <textarea
          id={id}
          rows={1}
          dir="auto"
          value={props.value}
          onChange={(event) => props.onValue(event.target.value.replaceAll(/\s*[\r\n]+\s*/g, ' '))}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.preventDefault()
          }}
          aria-invalid={props.problem === undefined ? undefined : true}
          aria-describedby={describedBy(id, props.hint, props.problem)}
          autoComplete="off"
          className={`${box} block w-full resize-none rounded-1 ${edge}`}
        />
      </div>
      <Notes id={id} hint={props.hint} problem={props.problem} />
    </div>
  )
}

/** One of several named choices. */
export function SelectField<Value extends string>({
  label,
  hideLabel = false,
  hint,
  problem,
  value,
  options,
  onValue,
  className = '',
  ...props
}: Around & {
  value: Value
  options: readonly { value: Value; label: string; disabled?: boolean }[]
  onValue: (value: Value) => void
} & Omit<ComponentProps<'select'>, 'value' | 'onChange'>): ReactNode {
  const id = useId()
  return (
    <div className={className}>
      <Label htmlFor={id} hide={hideLabel}>
        {label}
      </Label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen !== undefined) onValue(chosen.value)
          }}
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={describedBy(id, hint, problem)}
          className={`${control} appearance-none pr-7`}
          {...props}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronIcon className="pointer-events-none absolute top-[calc(50%-6px)] right-2.5 size-3 text-ink-3" />
      </div>
      <Notes id={id} hint={hint} problem={problem} />
    </div>
  )
}

/** Something that is taken or not; `locked` shows what is always taken. */
export function CheckField(props: {
  label: ReactNode
  detail: ReactNode
  checked: boolean
  locked?: boolean
  onChecked?: (checked: boolean) => void
}): ReactNode {
  const locked = props.locked ?? false
  const look = locked ? 'border-ink-3 bg-ink-3 text-bg' : 'border-accent bg-accent text-on-accent'
  return (
    <label className={`grid grid-cols-[16px_1fr] gap-2.5 ${locked ? '' : 'cursor-pointer'}`}>
      <span className="relative mt-[3px] size-4">
        <input
          type="checkbox"
          checked={props.checked}
          disabled={locked}
          onChange={(event) => props.onChecked?.(event.target.checked)}
          className="peer absolute inset-0 size-4 appearance-none rounded-[3px] border border-line-strong bg-surface"
        />
        {props.checked ? (
          <span
            className={`pointer-events-none absolute inset-0 grid place-items-center rounded-[3px] border ${look}`}
          >
            <CheckIcon className="size-3" />
          </span>
        ) : null}
      </span>
      <span>
        <span className="font-medium">{props.label}</span>
        <span className="block text-13 text-ink-2">{props.detail}</span>
      </span>
    </label>
  )
}

function Label(props: { htmlFor: string; hide: boolean; children: string }): ReactNode {
  return (
    <label htmlFor={props.htmlFor} className={props.hide ? 'sr-only' : 'mb-1.5 block text-13 font-medium'}>
      {props.children}
    </label>
  )
}

function Notes(props: {
  id: string
  hint: ReactNode
  problem: string | undefined
  remark?: string | undefined
}): ReactNode {
  return (
    <>
      {props.problem === undefined ? null : (
        <p id={`${props.id}-problem`} className="mt-1.5 text-12 leading-[1.45] text-danger">
          {props.problem}
        </p>
      )}
      {props.remark === undefined ? null : (
        <p id={`${props.id}-remark`} className="mt-1.5 text-12 leading-[1.45] text-ink-2">
          {props.remark}
        </p>
      )}
      {props.hint === undefined ? null : (
        <p id={`${props.id}-hint`} className="mt-1.5 text-12 leading-[1.45] text-ink-3">
          {props.hint}
        </p>
      )}
    </>
  )
}

function describedBy(
  id: string,
  hint: ReactNode,
  problem: string | undefined,
  remark?: string,
): string | undefined {
  const ids = [
    ...(problem === undefined ? [] : [`${id}-problem`]),
    ...(remark === undefined ? [] : [`${id}-remark`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ]
  return ids.length === 0 ? undefined : ids.join(' ')
}
