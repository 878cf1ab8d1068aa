import { crossEntropyParts } from '../formula.ts'
import { defineMethod } from '../method.ts'
import * as settings from '../settings.ts'
import { loss } from './loss.ts'
import { reference } from './reference.ts'

/** Szegedy et al. 2016, section 7: what a student gains without any teacher (Müller, Kornblith and Hinton 2019). */
export const labelSmoothing = defineMethod({
  name: 'label-smoothing',
  label: 'Label smoothing',
  short: ['Smoothing'],
  origin: 'no teacher',
  role: 'regularisation',
  offer: { kind: 'always', detail: 'no teacher; is it only regularisation?' },
  fields: { smoothing: settings.smoothing },
  teacher: 'none',
  terms: { labelled: 'CE((1 − ε)·onehot(y) + ε/K, z_s)' },
  remark: { after: 'no teacher. Is it only regularisation?' },
  formula: ({ smoothing }) => [
    { examples: 'all', parts: crossEntropyParts(`(1 − ${smoothing}) · y + ${smoothing} ∕ K`) },
  ],
  reference,
  loss,
})
