import { labelledSoftTargetParts, name, text } from '../formula.ts'
import { defineMethod } from '../method.ts'
import { softTargetFields, softTargetsListed, unlabelledGroup, unlabelledShare } from '../settings.ts'
import { loss } from './loss.ts'
import { reference } from './reference.ts'

/**
 * As `soft-targets-unlabelled`, but of an unlabelled example the student learns the teacher's first choice alone: the pair
 * shows whether softness matters. `softTargetWeight` weighs that choice too; the name stands in stored protocols.
 */
export const hardLabelsUnlabelled = defineMethod({
  name: 'hard-labels-unlabelled',
  label: 'Hard labels + unlabelled',
  short: ['Hard + unlab.'],
  origin: 'argmax on the unlabelled',
  role: 'distillation',
  offer: {
    kind: 'shared',
    group: unlabelledGroup,
    key: 'hard',
    detail: 'learns the teacher’s first choice for examples without a label',
    beside:
      'as soft targets + unlabelled, but on examples without a label only the teacher’s first choice counts: shows whether softness matters; shares those settings',
  },
  fields: { ...softTargetFields, unlabelledShare },
  listed: [...softTargetsListed, 'unlabelledShare'],
  teacher: 'logits',
  terms: {
    labelled: 'as `soft-targets`',
    unlabelled: 'softTargetWeight · CE(onehot(argmax z_t), z_s)',
  },
  remark: {
    before:
      'the same batches and weights, with the teacher’s first choice on unlabelled examples: shows whether softness matters',
  },
  formula: (settings) => [
    { examples: 'labelled', parts: labelledSoftTargetParts(settings) },
    {
      examples: 'unlabelled',
      parts: [text(`${settings.softTargetWeight} · `), name('CE'), text('('), name('argmax'), text(' q, p)')],
    },
  ],
  reference,
  loss,
})
