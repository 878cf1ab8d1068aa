'use client'

import { judgedOf } from '../../../core/metrics/registry.ts'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { TextField } from '../../_ui/field.tsx'
import { ChevronIcon } from '../../_ui/icons.tsx'
import { fieldRemark } from './field-remark.ts'
import { marginKeys } from './form-state.ts'
import type { FormState, MarginFields } from './form-state.ts'
import { marginUnit } from './margin-unit.ts'
import { inUnit } from '../../../core/numbers/range.ts'
import { ranges } from '../../../core/planning/ranges.ts'
import type { Problems } from './reading.ts'

/** Usual values as the API fills them in (docs/statistics.md, margins); for the teacher the primary margin. */
const fields: Record<keyof MarginFields, { label: string; unit: string | null; usual: string | null }> = {
  accuracy: { label: 'Test accuracy', unit: 'points', usual: '1' },
  nll: { label: 'Test NLL', unit: 'nat', usual: '0.02' },
  brier: { label: 'Brier score', unit: null, usual: '0.01' },
  gap: { label: 'Generalization gap', unit: 'points', usual: '1' },
  latency: { label: 'Latency', unit: '%', usual: '5' },
  teacher: { label: 'As good as the teacher', unit: null, usual: null },
}

interface FoldProps {
  form: FormState
  change: (part: Partial<FormState>) => void
  problems: Problems
}

/** Margins of the questions beside the primary one; empty fields have the usual value. */
export function MarginsFold({ form, change, problems }: FoldProps): ReactNode {
  const primaryUnit = judgedOf(form.primaryMetric).many
  const own = Object.values(form.margins).some((value) => value.trim() !== '')
  return (
    <Fold title="Margins of the secondary questions" text={own ? 'some of your own' : 'the usual ones'}>
      <div className="grid gap-x-4 gap-y-3 wide:grid-cols-3">
        {marginKeys.map((key) => {
          if (key === form.primaryMetric) return null
          const { label, unit, usual } = fields[key]
          const shown = key === 'teacher' ? primaryUnit : unit
          return (
            <TextField
              key={key}
              label={label}
              aria-label={`Margin: ${label}`}
              value={form.margins[key]}
              onValue={(value) => change({ margins: { ...form.margins, [key]: value } })}
              placeholder={usual ?? form.margin}
              problem={problems[`margins.${key}`]}
              remark={fieldRemark(
                form.margins[key],
                inUnit(ranges.margin, marginUnit(key, form.primaryMetric)),
              )}
              {...(shown === null ? {} : { unit: shown })}
              inputMode="decimal"
            />
          )
        })}
      </div>
      <p className="mt-2 max-w-[60ch] text-12 leading-[1.45] text-ink-3">
        Each of these questions has a family of its own, at 5 % for this question. Empty fields have the value
        shown in grey.
      </p>
    </Fold>
  )
}

/** What most plans leave alone: which seeds, the error, and what is assumed of chance. */
export function AdvancedFold({ form, change, problems }: FoldProps): ReactNode {
  const accuracy = form.primaryMetric === 'accuracy'
  const firstSeed = form.firstSeed.trim()
  const own = [
    firstSeed === '1' ? '' : `first seed ${firstSeed}`,
    form.teacherSeed.trim() === '1001' ? '' : `teacher’s seed ${form.teacherSeed.trim()}`,
    form.alpha.trim() === '0.05' ? '' : `alpha ${form.alpha.trim()}`,
    form.spread.trim() === '' ? '' : `spread ${form.spread.trim()}`,
  ].filter(Boolean)
  return (
    <Fold
      title="Seeds, alpha and spread"
      text={own.length > 0 ? own.join(', ') : 'seeds from 1, alpha 0.05, spread from earlier experiments'}
      open={own.length > 0}
    >
      <div className="grid gap-x-4 gap-y-3 wide:grid-cols-2">
        <TextField
          label="First seed"
          value={form.firstSeed}
          onValue={(value) => change({ firstSeed: value })}
          problem={problems['firstSeed']}
          hint="An experiment that follows another takes seeds that the other has not seen."
          inputMode="numeric"
        />
        <TextField
          label="Teacher’s seed"
          value={form.teacherSeed}
          onValue={(teacherSeed) => change({ teacherSeed })}
          problem={problems['teacher.seed']}
          hint="With the same settings and seed a teacher that was trained before is used again."
          inputMode="numeric"
        />
        <TextField
          label="Alpha"
          value={form.alpha}
          onValue={(alpha) => change({ alpha })}
          problem={problems['alpha']}
          remark={fieldRemark(form.alpha, ranges.alpha)}
          hint="The chance of any wrong word on the primary question, over all arms and looks."
          inputMode="decimal"
        />
        <TextField
          label="Spread between seeds"
          value={form.spread}
          onValue={(spread) => change({ spread })}
          placeholder="from earlier experiments"
          unit={accuracy ? 'points' : 'nat'}
          problem={problems['spread']}
          remark={fieldRemark(form.spread, inUnit(ranges.spread, accuracy ? 100 : 1))}
          hint="Standard deviation of one seed’s difference from the control. Only the plan’s figures use it; it is not frozen."
          inputMode="decimal"
        />
      </div>
    </Fold>
  )
}

function Fold(props: { title: string; text: string; open?: boolean; children: ReactNode }): ReactNode {
  // Only at first: whoever empties the fields is still at them.
  const [open] = useState(props.open ?? false)
  return (
    <details className="group mt-2" open={open}>
      <summary className="flex list-none items-start gap-1.5 py-1.5 text-13 text-ink-2 max-wide:py-2.5 [&::-webkit-details-marker]:hidden">
        <ChevronIcon className="mt-1 size-3 flex-none -rotate-90 group-open:rotate-0" />
        <span>
          <span className="font-medium text-ink">{props.title}</span> {props.text}
        </span>
      </summary>
      <div className="mt-2 mb-3">{props.children}</div>
    </details>
  )
}
