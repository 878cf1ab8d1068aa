import { expectedCalibrationError } from '../statistics/calibration/calibration.ts'
import { defineMetric } from './metric.ts'

/** Expected calibration error with 15 bins of equal width (Guo et al. 2017). */
export const ece = defineMetric({
  name: 'ece',
  figure: {
    label: 'ECE (15 bins)',
    heading: 'ECE (15 bins), points',
    unit: 'points',
    direction: 'lower',
    digits: 1,
    scale: 100,
  },
  of: ({ confidence, correct }) => expectedCalibrationError(confidence, correct),
  withoutWord: 'its bias in small samples depends on how well calibrated an arm is',
})
