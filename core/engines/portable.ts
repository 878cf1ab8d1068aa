import type { EngineCard } from './engine.ts'

export const portable = {
  name: 'wasm',
  label: 'Portable',
  description: 'Portable: tfjs on WebAssembly with Stillhouse’s own kernels, one thread.',
  promise: {
    engine: 'The portable engine',
    only: null,
    repeats: 'The same specification gives the same weights, bit for bit, on any machine.',
  },
  tiedToMachine: false,
} as const satisfies EngineCard
