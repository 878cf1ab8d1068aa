import { crossEntropyTerm, meanOfTerms, softTargetTerm, weighing } from '../loss-terms.ts'
import type { Loss } from '../loss-terms.ts'
import type { TaughtFrame } from '../method.ts'
import type { SoftTargetSettings } from '../settings.ts'

export function loss(
  { temperature, hardLabelWeight, softTargetWeight }: SoftTargetSettings,
  { classes, labels, teacher }: TaughtFrame,
): Loss {
  const soft = softTargetTerm(classes, teacher, temperature, softTargetWeight)
  return meanOfTerms(
    classes,
    [
      ...weighing(hardLabelWeight, crossEntropyTerm(classes, labels, hardLabelWeight)),
      ...weighing(softTargetWeight, soft),
    ],
    [soft],
  )
}
