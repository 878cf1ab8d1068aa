import { defineMetric } from './metric.ts'

/** Mean of Σ_k p_t (log p_t − log p_s), nats (Stanton et al. 2021). */
export const kl = defineMetric({
  name: 'kl',
  figure: {
    label: 'KL from teacher',
    heading: 'KL from the teacher, nat',
    unit: 'nat',
    direction: 'none',
    digits: 3,
    scale: 1,
  },
  withoutWord: 'a student may be better for not following its teacher',
})
