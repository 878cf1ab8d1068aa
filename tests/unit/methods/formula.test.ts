import { expect, it } from 'vitest'
import { formulaText } from '../../../core/methods/formula.ts'
import { openMethod } from '../../../core/methods/registry.ts'

const soft = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }
const softLoss = '0.1 · CE(y, p) + 0.9 · 4² · KL(q^(1/4) ‖ p^(1/4))'

it.each([
  [null, 'CE(y, p)'],
  [{ name: 'scratch' } as const, 'CE(y, p)'],
  [{ name: 'label-smoothing', smoothing: 0.1 } as const, 'CE((1 − 0.1) · y + 0.1 ∕ K, p)'],
  [{ name: 'soft-targets', ...soft } as const, softLoss],
  [
    { name: 'soft-targets-unlabelled', ...soft, unlabelledShare: 0.5 } as const,
    `labelled: ${softLoss}; unlabelled: 0.9 · 4² · KL(q^(1/4) ‖ p^(1/4))`,
  ],
  [
    { name: 'hard-labels-unlabelled', ...soft, unlabelledShare: 0.5 } as const,
    `labelled: ${softLoss}; unlabelled: 0.9 · CE(argmax q, p)`,
  ],
])('the loss of %j is one line of text', (method, text) =>
  expect(formulaText(openMethod(method).formula())).toBe(text),
)
