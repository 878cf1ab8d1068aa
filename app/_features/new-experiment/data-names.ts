import type { DataName } from '../../../core/contracts/protocol.ts'

/** The data sets in the order of the list, the quickest first. */
export const dataOrder = ['digits', 'letter', 'mnist'] as const satisfies readonly DataName[]

/** Their names in the list, and as the question has them. */
export const dataNames: Record<DataName, { label: string; asked: string }> = {
  digits: { label: 'UCI digits', asked: 'the UCI digits' },
  letter: { label: 'UCI letters', asked: 'the UCI letters' },
  mnist: { label: 'MNIST', asked: 'MNIST' },
}
