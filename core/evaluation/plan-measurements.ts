/** Examples of a part that measurements on the way look at; the last step is evaluated on all. */
export const sampleSize = 2000

/** At which numbers of steps done a run reports; it follows from the spec alone, so a resumed run reports the same. */
export interface MeasurementPlan {
  /** Mean training loss and learning rate. */
  reportsLoss(stepsDone: number): boolean
  /** Accuracy and NLL in evaluation mode. */
  evaluates(stepsDone: number): boolean
  /** Evaluations of a whole run, its last one included. */
  evaluations: number
}

const mostLossPoints = 200
const mostEvaluations = 40
const leastEvaluations = 8
/** Share of a run's arithmetic that may go into evaluations on the way (a step counts three forward passes). */
const evaluationShare = 0.2

/**
 * Reports stand at ends of epochs of the labelled examples, thinned evenly so that there are at most 200 points of the loss and
 * 40 evaluations, and fewer evaluations where they would take more than a fifth of the work. The last step always reports.
 * @param labelledPerBatch labelled examples in a batch. @param evaluatedExamples examples in one evaluation.
 */
export function planMeasurements(options: {
  steps: number
  batchSize: number
  labelledPerBatch: number
  labelled: number
  evaluatedExamples: number
}): MeasurementPlan {
  const { steps, batchSize, labelledPerBatch, labelled, evaluatedExamples } = options
  const epochsAt = (step: number): number => Math.floor((step * labelledPerBatch) / labelled)
  const affordable = Math.floor((evaluationShare * 3 * batchSize * steps) / evaluatedExamples)
  const evaluations = Math.min(mostEvaluations, Math.max(leastEvaluations, affordable))
  const every = (points: number): number => Math.max(1, Math.ceil(epochsAt(steps) / points))
  const lossStride = every(mostLossPoints)
  const evaluationStride = every(evaluations)
  const isDue = (step: number, stride: number): boolean =>
    step === steps || Math.floor(epochsAt(step) / stride) > Math.floor(epochsAt(step - 1) / stride)
  return {
    reportsLoss: (step) => isDue(step, lossStride),
    evaluates: (step) => isDue(step, evaluationStride),
    // The last step is one of its own where no stride ends at it.
    evaluations: Math.min(steps, Math.floor(epochsAt(steps - 1) / evaluationStride) + 1),
  }
}
