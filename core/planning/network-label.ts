import type { NetworkSpec } from '../contracts/network.ts'

/** "MLP 800-800", or "linear" for a network without hidden layers. */
export const networkLabel = (network: NetworkSpec): string =>
  network.hidden.length === 0 ? 'linear' : `MLP ${network.hidden.join('-')}`
