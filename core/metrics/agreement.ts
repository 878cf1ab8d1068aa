import { defineMetric } from './metric.ts'

/** Share of examples on which student and teacher have the same top class. */
export const agreement = defineMetric({
  name: 'agreement',
  figure: {
    label: 'agreement with teacher',
    heading: 'Agreement with the teacher, %',
    unit: '%',
    direction: 'none',
    digits: 1,
    scale: 100,
  },
  withoutWord: 'a student may be better for not following its teacher',
})
