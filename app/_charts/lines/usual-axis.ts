import type { CurvesPage } from '../../../core/contracts/views.ts'

/**
 * Steps where students differ in epochs: unlabelled examples take room in each batch, so that such an arm sees its
 * labelled ones less often in equal steps, and by epochs its curve would end half way.
 */
export function usualAxis({ arms }: Pick<CurvesPage, 'arms'>): 'step' | 'epoch' {
  const epochs = arms.filter(({ armId }) => armId !== 'teacher').map((arm) => arm.steps / arm.stepsPerEpoch)
  return epochs.every((one) => one === epochs[0]) ? 'epoch' : 'step'
}
