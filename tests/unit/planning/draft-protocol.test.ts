import { describe, expect, it } from 'vitest'
import type { ExperimentDraft, Protocol } from '../../../core/contracts/protocol.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { digits, draft, softTargets, wasm } from './drafts.ts'

const problemsOf = (made: ExperimentDraft): { path: string; message: string }[] => {
  const result = draftProtocol(made, digits, wasm)
  return result.ok ? [] : result.problems
}

const notesOf = (made: ExperimentDraft): string[] => draftProtocol(made, digits, wasm).notes

function protocolOf(made: ExperimentDraft): Protocol {
  const result = draftProtocol(made, digits, wasm)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.protocol
}

const mlp = (...hidden: number[]) => ({ kind: 'mlp' as const, hidden, dropout: 0 })

describe('a draft', () => {
  it('without seeds is refused, with too many as well', () => {
    expect(problemsOf(draft({ seeds: 0 }))).toEqual([
      { path: 'seeds', message: 'At least 1 seed is needed; a verdict needs at least 3.' },
    ])
    expect(problemsOf(draft({ seeds: -3 }))[0]?.path).toBe('seeds')
    expect(problemsOf(draft({ seeds: 101 }))[0]?.path).toBe('seeds')
    expect(problemsOf(draft({ seeds: 100 }))).toEqual([])
  })

  it('with 1 or 2 seeds is allowed and says that no word will come; with 3 it says nothing of the kind', () => {
    for (const seeds of [1, 2]) {
      expect(problemsOf(draft({ seeds }))).toEqual([])
      expect(notesOf(draft({ seeds })).join()).toContain('no verdict word')
    }
    expect(notesOf(draft({ seeds: 3 })).join()).not.toContain('no verdict word')
  })

  it('with too few seeds to pair says so, and from 5 on says nothing', () => {
    expect(notesOf(draft({ seeds: 4 })).join()).toContain('unpaired')
    expect(notesOf(draft({ seeds: 5 }))).toEqual([])
  })

  it('whose soft-target arm has no weight on its teacher is refused: it would be the control', () => {
    const method = { name: 'soft-targets', ...softTargets, softTargetWeight: 0 } as const
    expect(problemsOf(draft({ methods: [method] }))).toEqual([
      { path: 'methods.0', message: expect.stringContaining('it is the control') },
    ])
  })

  it.each([0, -0.01, Number.NaN])('with the margin %s is refused', (margin) => {
    // The schema already refuses NaN; the check stands on its own.
    const result = draftProtocol({ ...draft(), margin }, digits, wasm)
    expect(result.ok).toBe(false)
    expect(result.ok ? [] : result.problems.map((one) => one.path)).toEqual(['margin'])
  })

  it('with a margin that no accuracy can reach is refused; nats have no such end', () => {
    expect(problemsOf(draft({ margin: 1 })).map((one) => one.path)).toEqual(['margin'])
    expect(problemsOf(draft({ margin: 1.5, primaryMetric: 'nll' }))).toEqual([])
  })

  it.each([0, 1, 1.2, -0.05])('with alpha %s is refused', (alpha) => {
    expect(problemsOf(draft({ alpha })).map((one) => one.path)).toEqual(['alpha'])
  })

  it('with more labels than examples is refused and hears how many there are', () => {
    const [problem] = problemsOf(draft({ labelsPerSeed: 798 }))
    expect(problem?.path).toBe('labelsPerSeed')
    expect(problem?.message).toContain('797')
  })

  it('with fewer labels than classes is refused', () => {
    expect(problemsOf(draft({ labelsPerSeed: 9 })).map((one) => one.path)).toEqual(['labelsPerSeed'])
    expect(problemsOf(draft({ labelsPerSeed: 10 }))).toEqual([])
  })

  it('with every label is refused only where an arm needs unlabelled examples', () => {
    const unlabelled = { name: 'soft-targets-unlabelled', ...softTargets, unlabelledShare: 0.5 } as const
    expect(problemsOf(draft({ labelsPerSeed: 797 }))).toEqual([])
    expect(problemsOf(draft({ labelsPerSeed: 797, methods: [unlabelled] })).map((one) => one.path)).toEqual([
      'labelsPerSeed',
    ])
  })

  it('whose batch cannot hold a labelled and an unlabelled example is refused', () => {
    const unlabelled = { name: 'soft-targets-unlabelled', ...softTargets, unlabelledShare: 0.5 } as const
    const one = draft({ methods: [unlabelled] })
    one.student.training.batchSize = 1
    expect(problemsOf(one).map((problem) => problem.path)).toEqual(['student.training.batchSize'])
    const plain = draft()
    plain.student.training.batchSize = 1
    expect(problemsOf(plain)).toEqual([])
  })

  it('whose batch is larger than its labels is allowed and says that batches are cut', () => {
    const large = draft({ labelsPerSeed: 20, seeds: 5 })
    expect(problemsOf(large)).toEqual([])
    expect(notesOf(large)).toEqual([
      'A batch of 32 is larger than the 20 labels of a seed: batches of 20 are used, in every arm.',
    ])
  })

  it('with two equal arms is refused by name', () => {
    const method = { name: 'soft-targets', ...softTargets } as const
    const [problem] = problemsOf(draft({ methods: [method, { ...method }] }))
    expect(problem?.path).toBe('methods')
    expect(problem?.message).toContain('soft-targets T 4, weight 0.9')
  })

  it('with an arm whose loss has no term is refused', () => {
    const method = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0, softTargetWeight: 0 } as const
    expect(problemsOf(draft({ methods: [method] })).map((one) => one.path)).toEqual(['methods.0'])
  })

  it('names every problem at once', () => {
    const paths = problemsOf(draft({ seeds: 0, margin: 0, labelsPerSeed: 5 })).map((one) => one.path)
    expect(paths).toEqual(['seeds', 'labelsPerSeed', 'margin'])
  })

  it('says that the student is larger exactly when it has more parameters', () => {
    const note = 'The student is larger than its teacher.'
    const compared = (teacher: number[], student: number[]) => {
      const made = draft()
      made.teacher.network = mlp(...teacher)
      made.student.network = mlp(...student)
      return notesOf(made).includes(note)
    }
    expect(compared([32], [33])).toBe(true)
    expect(compared([32], [32])).toBe(false)
    expect(compared([33], [32])).toBe(false)
    // 64·10 + 10 parameters against (64 + 1)·1 + (1 + 1)·10: no hidden layer is not the smallest network.
    expect(compared([1], [])).toBe(true)
    expect(compared([], [1])).toBe(false)
  })

  it('gets the control first and label smoothing with ε 0.1 where none was chosen', () => {
    const { arms } = protocolOf(draft())
    expect(arms.map((arm) => arm.id)).toEqual(['scratch', 'soft-targets-t4', 'label-smoothing'])
    expect(arms[2]?.method).toEqual({ name: 'label-smoothing', smoothing: 0.1 })
    const chosen = protocolOf(draft({ methods: [{ name: 'label-smoothing', smoothing: 0.2 }] }))
    expect(chosen.arms.map((arm) => arm.method)).toEqual([
      { name: 'scratch' },
      { name: 'label-smoothing', smoothing: 0.2 },
    ])
  })
})
