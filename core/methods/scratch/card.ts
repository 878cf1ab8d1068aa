import { crossEntropyParts } from '../formula.ts'
import { defineMethod } from '../method.ts'
import { loss } from './loss.ts'
import { reference } from './reference.ts'

/** The control: the student without its teacher. A teacher is trained like this too. */
export const scratch = defineMethod({
  name: 'scratch',
  label: 'Control',
  short: [],
  origin: 'same student, no teacher',
  role: 'control',
  offer: { kind: 'always', detail: 'same student, no teacher' },
  fields: {},
  teacher: 'none',
  terms: { labelled: 'CE(onehot(y), z_s)' },
  remark: { before: 'hard labels only' },
  formula: () => [{ examples: 'all', parts: crossEntropyParts('y') }],
  reference,
  loss,
})
