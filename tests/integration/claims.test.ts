import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claims } from '../../app/_features/claims/claims.ts'
import { claimsHeadline } from '../../app/_features/claims/claims-headline.ts'
import type { ClaimsPage } from '../../core/contracts/claims.ts'
import {
  removeFolder,
  runTrainings,
  smallDraft,
  startTestServer,
  untilEnded,
  type TestServer,
} from '../support/server.ts'

/** The penalty on the weights makes every step a million times as large as the one before. */
const wild = {
  steps: 60,
  batchSize: 32,
  optimizer: { name: 'sgd', momentum: 0, weightDecay: 1 },
  learningRate: 1e6,
  schedule: 'constant',
} as const

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

const told = (page: ClaimsPage): string => JSON.stringify(claims(page)) + claimsHeadline(page, claims(page))
const stray = /NaN|Infinity|undefined/

describe('the claims of a finished experiment', () => {
  let id: string
  let page: ClaimsPage

  beforeAll(async () => {
    id = (await server.api.experiments.launch(smallDraft())).id
    await untilEnded(server, id)
    page = await server.api.experiments.claims({ id })
  })

  it('are those of the first distillation arm until another is chosen', async () => {
    expect(page.arm.id).toBe('soft-targets-t4')
    expect(page.choices.map((arm) => arm.role)).toEqual(['distillation', 'distillation', 'regularisation'])
    const chosen = await server.api.experiments.claims({ id, arm: 'label-smoothing' })
    expect(chosen.arm.id).toBe('label-smoothing')
    expect(chosen.cost.teacher).toBeNull()
    expect((await server.api.experiments.claims({ id, arm: 'gone' })).arm.id).toBe('soft-targets-t4')
  })

  it('have the comparison of the verdict', async () => {
    const verdict = await server.api.experiments.verdict({ id })
    const own = verdict.comparisons.find((one) => one.arm === page.arm.id)
    expect(page.accuracy?.comparison).toMatchObject({ word: own?.word, estimate: own?.estimate })
    expect(page.nll?.comparison.estimate).not.toBeNull()
    expect(page.gap?.comparison.estimate).not.toBeNull()
  })

  it('say by class what adds up to the difference over all test examples', () => {
    const classes = page.classes ?? []
    expect(classes).toHaveLength(10)
    const weighted = classes.reduce((sum, one) => sum + one.estimate * one.examples, 0) / page.examples
    expect(weighted).toBeCloseTo(page.accuracy?.comparison.estimate ?? Number.NaN, 12)
  })

  it('split the agreement of the figures by where the teacher is right', () => {
    const { right, wrong } = page.byTeacher?.arm ?? {}
    const agreed =
      ((right?.correct?.mean ?? 0) * (right?.examples ?? 0) +
        (wrong?.repeated?.mean ?? 0) * (wrong?.examples ?? 0)) /
      page.examples
    expect(agreed).toBeCloseTo(page.figures.arm.metrics['test/agreement']?.mean ?? Number.NaN, 6)
  })

  it('count what a training costs, and measure how long it takes', () => {
    const { arm, control, ratio, teacher } = page.cost
    expect(arm.macs).toBe(control.macs)
    expect(arm.macs).toBe(3 * page.figures.arm.macs * 32 * 80)
    expect(ratio?.seeds).toBe(3)
    expect(arm.trainedMs?.mean).toBeGreaterThan(0)
    expect(teacher).toMatchObject({ reused: false, students: 6 })
  })

  it('offer the experiment with fewer labels, and show it once it has finished', async () => {
    expect(page.labels.plan).toMatchObject({ labelsPerSeed: 30, runs: 12 })
    expect(page.labels.points.map(({ labels }) => labels)).toEqual([100])
    const other = (
      await server.api.experiments.launch(smallDraft({ labelsPerSeed: 30, question: 'And with 30?' }))
    ).id
    await untilEnded(server, other)
    const { labels } = await server.api.experiments.claims({ id })
    expect(labels.points.map((point) => [point.labels, point.experiment?.id ?? null])).toEqual([
      [30, other],
      [100, null],
    ])
    const reused = await server.api.experiments.claims({ id: other })
    expect(reused.cost.teacher?.reused).toBe(true)
    expect(reused.cost.teacher?.trainedMs).toBeGreaterThan(0)
  })

  it('are sentences without a value that is none', () => {
    expect(told(page)).not.toMatch(stray)
    expect(claimsHeadline(page, claims(page))).toMatch(/^Of eight things .* One was not tested\.$/)
  })
})

describe('claims without figures', () => {
  it('are provisional while their experiment runs, and say that it was stopped afterwards', async () => {
    const { student } = smallDraft()
    const { id } = await server.api.experiments.launch(
      smallDraft({
        question: 'Too early?',
        student: { ...student, training: { ...student.training, steps: 9_000_000 } },
      }),
    )
    const early = await server.api.experiments.claims({ id })
    expect(told(early)).not.toMatch(stray)
    expect(
      claims(early)
        .flatMap(({ tags }) => tags)
        .every(({ kind }) => kind === 'outlined'),
    ).toBe(true)
    await server.api.experiments.cancel({ id })
    await untilEnded(server, id)
    const late = await server.api.experiments.claims({ id })
    expect(told(late)).not.toMatch(stray)
    expect(late.accuracy?.comparison.word ?? null).toBeNull()
  })

  it('count diverged students as the even guess', async () => {
    const draft = smallDraft({ seeds: 3, question: 'Diverged?' })
    draft.student.training = wild
    const { id } = await runTrainings(server, draft)
    const page = await server.api.experiments.claims({ id })
    expect(told(page)).not.toMatch(stray)
    expect(page.classes?.map(({ arm }) => arm)).toEqual(
      Array.from({ length: 10 }, () => expect.closeTo(0.1, 12)),
    )
    expect(page.byTeacher?.arm.wrong.correct?.mean).toBeCloseTo(0.1, 12)
  })

  it('with one seed have no word and no interval over seeds', async () => {
    const { id } = await runTrainings(server, smallDraft({ seeds: 1, question: 'One seed?' }))
    const page = await server.api.experiments.claims({ id })
    expect(told(page)).not.toMatch(stray)
    expect(page.accuracy?.comparison.word).toBeNull()
    expect(claims(page).find(({ key }) => key === 'fidelity')?.tags[0]?.text).toMatch(/one seed|no figure/)
    expect(page.classes?.some(({ interval }) => interval !== null)).toBe(true)
    expect(page.classes?.map(({ shown, holmP }) => [shown, holmP])).toEqual(
      Array.from({ length: 10 }, () => [null, null]),
    )
  })
})
