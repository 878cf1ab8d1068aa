import type { EngineCard } from './engine.ts'

export const native = {
  name: 'native',
  label: 'Native',
  description: 'Native: TensorFlow’s library for this processor.',
  promise: {
    engine: 'The native engine',
    only: 'on the same machine with the same number of threads',
    repeats:
      'The same specification gives the same weights on the same machine with the same number of threads.',
  },
  tiedToMachine: true,
} as const satisfies EngineCard
