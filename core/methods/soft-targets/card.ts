import { labelledSoftTargetParts } from '../formula.ts'
import { defineMethod } from '../method.ts'
import { softTargetFields, softTargetsListed } from '../settings.ts'
import { loss } from './loss.ts'
import { reference } from './reference.ts'

/** Hinton, Vinyals and Dean 2015, section 2. */
export const softTargets = defineMethod({
  name: 'soft-targets',
  label: 'Soft targets',
  short: ['Soft', ''],
  origin: 'Hinton 2015',
  role: 'distillation',
  offer: {
    kind: 'arms',
    key: 'soft',
    detail: 'Hinton 2015: learns the teacher’s softened probabilities beside the labels',
  },
  fields: softTargetFields,
  listed: softTargetsListed,
  teacher: 'logits',
  terms: {
    labelled: 'hardLabelWeight · CE(onehot(y), z_s) + softTargetWeight · T² · KL(p_t^T ‖ p_s^T)',
  },
  formula: (settings) => [{ examples: 'all', parts: labelledSoftTargetParts(settings) }],
  reference,
  loss,
})
