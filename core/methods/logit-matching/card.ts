import { crossEntropyParts, name, text } from '../formula.ts'
import { defineMethod } from '../method.ts'
import { labelWeight, teacherWeight } from '../settings.ts'
import { loss } from './loss.ts'
import { reference } from './reference.ts'

/** As in the paper the labels have no weight at first: the student learns the teacher's logits alone. */
const fields = {
  hardLabelWeight: labelWeight('logitWeight', 0),
  logitWeight: teacherWeight('Logit weight', 1),
}

/**
 * Ba and Caruana 2014, section 2.2: the mean squared difference of the logits. Half of it is what T² · KL tends to for
 * large T where the logits of each example have mean 0.
 */
export const logitMatching = defineMethod({
  name: 'logit-matching',
  label: 'Logit matching',
  short: ['Logits'],
  origin: 'Ba and Caruana 2014',
  role: 'distillation',
  offer: {
    kind: 'arms',
    key: 'logits',
    detail: 'Ba and Caruana 2014: learns the teacher’s logits themselves, without a temperature',
  },
  fields,
  listed: ['logitWeight', 'hardLabelWeight'],
  teacher: 'logits',
  terms: {
    labelled: 'hardLabelWeight · CE(onehot(y), z_s) + logitWeight · Σ_k (z_s,k − z_t,k)² / K',
  },
  formula: ({ hardLabelWeight, logitWeight }) => [
    {
      examples: 'all',
      parts: [
        text(`${hardLabelWeight} · `),
        ...crossEntropyParts('y'),
        text(` + ${logitWeight} · `),
        name('mean'),
        text(' ('),
        name('logits'),
        text(' q − '),
        name('logits'),
        text(' p)²'),
      ],
    },
  ],
  reference,
  loss,
})
