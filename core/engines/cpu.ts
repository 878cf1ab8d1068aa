import type { EngineCard } from './engine.ts'

/** Slow, and meant for comparison. */
export const cpu = {
  name: 'cpu',
  label: 'cpu, plain JavaScript',
  description: 'Reference: tfjs in plain JavaScript.',
  promise: {
    engine: 'The cpu engine',
    only: 'with the same version of Node',
    repeats: 'The same specification gives the same weights on the same version of Node.',
  },
  tiedToMachine: false,
} as const satisfies EngineCard
