import { defineMetric } from './metric.ts'

/**
 * Mean over the classes of the share of their examples that are right (Brodersen et al., ICPR 2010); classes without an
 * example are left out. With equal classes it is the accuracy.
 */
export const balancedAccuracy = defineMetric({
  name: 'balanced-accuracy',
  figure: {
    label: 'balanced accuracy',
    heading: 'Balanced accuracy, %',
    unit: '%',
    direction: 'higher',
    digits: 2,
    scale: 100,
  },
  of: ({ correct }, { labels, classes }) => {
    const examples = new Float64Array(classes)
    const right = new Float64Array(classes)
    labels.forEach((label, i) => {
      examples[label] = (examples[label] ?? 0) + 1
      right[label] = (right[label] ?? 0) + (correct[i] ?? 0)
    })
    const recalls = Array.from(right, (count, label) => count / (examples[label] ?? 0)).filter(
      (recall) => !Number.isNaN(recall),
    )
    return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length
  },
  withoutWord:
    'a few examples of a rare class weigh as much as many of a common one: the interval of a mean over examples is not its own',
})
