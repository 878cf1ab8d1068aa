import { expect, test } from 'vitest'
import { createRandom } from '../../core/random/create-random.ts'
import { judgePrimary } from '../../core/judging/judge.ts'
import { judgeSmoothing } from '../../core/judging/judge-smoothing.ts'
import { readWhere } from '../../core/judging/read-where.ts'
import { createNormal } from './create-normal.ts'
import { experiments, fullGains, truths } from './experiment-design.ts'
import { armId, followExperiment, judgedWrong } from './judged-experiment.ts'
import { examples, followArm, plans } from './until-decided.ts'

const drawn = (name: string) => {
  const design = experiments([10, examples], createNormal(createRandom(`judged words, ${name}`)), [
    'accuracy',
  ])
  return { ...design, accuracy: design.scores.accuracy }
}

test('the judge, asked look after look, and the fast rule give the same words at the same looks', () => {
  const ends = new Set<string>()
  for (const truth of truths) {
    const { draw, accuracy } = drawn(truth.name)
    const margin = fullGains.accuracy * truth.share
    const [control = [], ...arms] = accuracy
    for (let r = 0; r < 12; r++) {
      draw(truth)
      for (const plan of plans) {
        const { comparisons } = followExperiment(plan, accuracy, margin)
        const fast = arms.map((arm, a) => {
          const difference = (truth.gains[a] ?? 0) * fullGains.accuracy
          return followArm(plan, arm, control, { difference, margin })
        })
        expect(comparisons.map(({ word, look }) => [word, look.seeds])).toEqual(
          fast.map(({ word, seeds }) => [word, seeds]),
        )
        const wrong = comparisons.map((one, a) =>
          judgedWrong(one, (truth.gains[a] ?? 0) * fullGains.accuracy, margin),
        )
        expect(wrong).toEqual(fast.map((one) => one.wrong))
        for (const { word, seeds } of fast) ends.add(`${word} after ${seeds}`)
      }
    }
  }
  // Words at several looks, and arms that end without one: the agreement is not about one kind of end.
  expect([...ends]).toEqual(
    expect.arrayContaining([
      'no practical difference after 5',
      'no practical difference after 10',
      'helped after 5',
      'helped after 10',
      'inconclusive after 3',
      'inconclusive after 10',
    ]),
  )
})

test('only arms that the judge left open have seeds of the next look', () => {
  const truth = truths.find(({ name }) => name === 'one at the margin')
  if (truth === undefined) throw new Error('no such truth')
  const [plan] = plans
  if (plan === undefined) throw new Error('no plan')
  const { draw, accuracy } = drawn('open arms')
  let mixed = 0
  for (let r = 0; r < 20; r++) {
    draw(truth)
    const { comparisons, inputFor } = followExperiment(plan, accuracy, fullGains.accuracy)
    const { control, arms } = inputFor(accuracy, 'accuracy', fullGains.accuracy)
    expect(arms.map(({ seeds }) => seeds.length)).toEqual(comparisons.map(({ look }) => look.seeds))
    expect(control.seeds.length).toBe(Math.max(...comparisons.map(({ look }) => look.seeds)))
    if (new Set(comparisons.map(({ look }) => look.seeds)).size > 1) mixed++
  }
  expect(mixed).toBeGreaterThan(0)
})

test('a control that lacks runs silences "is it the teacher", whose own runs are whole; without the gate it has words', () => {
  const [truth] = truths
  const [plan] = plans
  if (truth === undefined || plan === undefined) throw new Error('no design')
  const { draw, accuracy } = drawn('gate')
  draw(truth)
  const margin = fullGains.accuracy
  const lost = [1, 2, 3].map((seed) => ({ arm: 0, seed }))
  const { comparisons, inputFor } = followExperiment(plan, accuracy, margin, lost)
  expect(comparisons.map(({ word }) => word)).toEqual([null, null, null, null])
  const { arms, ...family } = inputFor(accuracy, 'accuracy', margin)
  const smoothing = (gate: 'as the server' | 'none') =>
    judgeSmoothing({
      ...family,
      arms: arms.slice(0, 2),
      regularisers: arms.slice(2),
      primary: new Map(
        [...readWhere(comparisons)].map(([id, at]) => [id, gate === 'none' ? { ...at, withheld: null } : at]),
      ),
    }).map(({ word }) => word)
  expect(smoothing('as the server')).toEqual([null, null, null, null])
  expect(smoothing('none')).not.toContain(null)
  expect(arms.map(({ id }) => id)).toEqual([1, 2, 3, 4].map(armId))
  const own = judgePrimary({ ...inputFor(accuracy, 'accuracy', margin), readAt: readWhere(comparisons) })
  expect(own.map(({ word }) => word)).toEqual([null, null, null, null])
})
