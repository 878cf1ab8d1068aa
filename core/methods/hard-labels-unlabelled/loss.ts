import { crossEntropyTerm, meanOfTerms, softTargetTerm, topClasses, weighing } from '../loss-terms.ts'
import type { Loss } from '../loss-terms.ts'
import type { TaughtFrame } from '../method.ts'
import type { SoftTargetSettings } from '../settings.ts'

export const loss = (
  { temperature, hardLabelWeight, softTargetWeight }: SoftTargetSettings,
  { classes, labels, teacher }: TaughtFrame,
): Loss =>
  meanOfTerms(
    classes,
    [
      ...weighing(hardLabelWeight, crossEntropyTerm(classes, labels, hardLabelWeight)),
      ...weighing(softTargetWeight, softTargetTerm(classes, teacher, temperature, softTargetWeight)),
    ],
    [crossEntropyTerm(classes, topClasses(teacher, classes), softTargetWeight)],
  )
