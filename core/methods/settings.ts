import { z } from 'zod'
import type { Range } from '../numbers/range.ts'
import type { FieldSpec, Settings } from './field.ts'
import type { OfferGroup } from './method.ts'

const weightRange: Range = { min: 0, max: 1e9, unit: 'weight', say: 'A weight is a number from 0 to 1e9.' }
const shareRange: Range = {
  min: 0,
  max: 1,
  open: 'both',
  unit: 'share',
  say: 'The share lies between 0 and 1, both excluded.',
}

/** T of softmax(z / T). */
export const temperature: FieldSpec = {
  schema: z.number().positive().max(1000),
  range: { min: 1e-3, max: 1000, say: 'The temperature lies between 0.001 and 1,000.' },
  label: 'Temperature',
  starts: [4, 1, 2, 8, 20, 10],
  symbol: 'T',
  word: (value) => `T ${value}`,
  slug: 't',
  namesTheArm: true,
}

/** Of the cross-entropy with the true labels. */
export const labelWeight = (restOf: string, start: number): FieldSpec => ({
  schema: z.number().min(0),
  range: weightRange,
  label: 'Label weight',
  starts: [start],
  word: (value) => `label weight ${value}`,
  shortWord: (value) => `labels ${value}`,
  slug: 'h',
  restOf,
})

/** Of the term that the teacher gives, whatever it takes of the teacher; of soft targets after their factor T². */
export const teacherWeight = (label: string, start: number): FieldSpec => ({
  schema: z.number().min(0),
  range: weightRange,
  label,
  starts: [start],
  word: (value) => `weight ${value}`,
  shortWord: (value) => `w ${value}`,
  slug: 's',
  weighsTheTeacher: true,
})

/** Share of every batch that is drawn from the unlabelled examples. A method with this field uses such examples. */
export const unlabelledShare: FieldSpec = {
  schema: z.number().gt(0).lt(1),
  range: shareRange,
  label: 'Unlabelled share',
  starts: [0.5],
  word: (value) => percentOf(value, '% unlabelled'),
  shortWord: (value) => percentOf(value, '%'),
  slug: 'u',
  explained: 'that part of every batch has no label',
}

/** In percent where that says the share exactly: two shares must never read the same. */
function percentOf(share: number, unit: string): string {
  const percent = Number((share * 100).toPrecision(6))
  return percent / 100 === share ? `${percent} ${unit}` : `share ${share} unlabelled`
}

/** Of the methods on unlabelled examples: only with the same settings do they show what they differ in. */
export const unlabelledGroup: OfferGroup = {
  key: 'unlabelled',
  label: 'Settings with unlabelled examples',
}

/** ε of label smoothing (Szegedy et al. 2016, section 7). */
export const smoothing: FieldSpec = {
  schema: z.number().gt(0).lt(1),
  range: shareRange,
  label: 'Smoothing ε',
  hint: 'Or several: 0.1 0.2',
  starts: [0.1],
  symbol: 'ε',
  word: (value) => `ε ${value}`,
  slug: 'e',
}

/** Of the methods that soften the teacher's probabilities; Hinton, Vinyals and Dean 2015, section 2. */
export const softTargetFields = {
  temperature,
  hardLabelWeight: labelWeight('softTargetWeight', 0.1),
  softTargetWeight: teacherWeight('Soft weight', 0.9),
}
/** As people name them. */
export const softTargetsListed = ['temperature', 'softTargetWeight', 'hardLabelWeight'] as const

export type SoftTargetSettings = Settings<typeof softTargetFields>
