import { describe, expect, it } from 'vitest'
import { isTrainingKey } from '../../../core/contracts/training-keys.ts'
import { curveKeys } from '../../../core/evaluation/curve-keys.ts'
import { metricDescriptions } from '../../../core/wording/metric-names.ts'

describe('the names of metrics', () => {
  it('that a training or its evaluation writes are its own', () => {
    const own = [...curveKeys, ...metricDescriptions.map(({ key }) => key)]
    expect(own.filter((key) => !isTrainingKey(key))).toEqual([])
  })

  it('of clients are free', () => {
    for (const key of ['loss', 'gpu/power', 'trainer/loss', 'client/train/loss', 'a gap/b']) {
      expect(isTrainingKey(key), key).toBe(false)
    }
  })
})
