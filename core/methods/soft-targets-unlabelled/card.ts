import { labelledSoftTargetParts, softTargetParts } from '../formula.ts'
import { defineMethod } from '../method.ts'
import { softTargetFields, softTargetsListed, unlabelledGroup, unlabelledShare } from '../settings.ts'
import { loss } from './loss.ts'
import { reference } from './reference.ts'

/** Soft targets, also of examples that have no label. */
export const softTargetsUnlabelled = defineMethod({
  name: 'soft-targets-unlabelled',
  label: 'Soft targets + unlabelled',
  short: ['Soft + unlab.'],
  origin: 'Hinton 2015',
  role: 'distillation',
  offer: {
    kind: 'shared',
    group: unlabelledGroup,
    key: 'soft',
    detail: 'also learns from what the teacher says of examples without a label',
  },
  fields: { ...softTargetFields, unlabelledShare },
  listed: [...softTargetsListed, 'unlabelledShare'],
  teacher: 'logits',
  terms: {
    labelled: 'as `soft-targets`',
    unlabelled: 'softTargetWeight · T² · KL(p_t^T ‖ p_s^T)',
  },
  formula: (settings) => [
    { examples: 'labelled', parts: labelledSoftTargetParts(settings) },
    { examples: 'unlabelled', parts: softTargetParts(settings.softTargetWeight, settings.temperature) },
  ],
  reference,
  loss,
})
