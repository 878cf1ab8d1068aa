import type { NoWord } from '../../../core/judging/no-word.ts'
import { describe, expect, test } from 'vitest'
import { sayPrimary, smoothingAnswer } from '../../../core/wording/smoothing-text.ts'
import { type TeacherInput } from '../../../core/judging/judge-teacher.ts'
import type { ReadAt } from '../../../core/judging/question.ts'
import { teacherAnswer } from '../../../core/wording/teacher-text.ts'
import type { JudgedArm } from '../../../core/judging/question.ts'
import { planning as goldenPlanning } from '../../support/golden-planning.ts'
import { finishedArm, goldenInput, input, near, table } from '../../support/designs.ts'
import { saidPrimary, saidSmoothing, saidTeacher } from '../../support/said.ts'

const noisy = (S: number, N: number, gain: number, salt: number): number[][] =>
  table(
    S,
    N,
    (s, i) =>
      0.5 * Math.sin(i * 12.9898) +
      gain +
      0.004 * Math.sin((s + 1) * 7.7 + salt) +
      0.02 * Math.sin(s * 91 + i * 3 + salt),
  )

const armWith = (id: string, label: string, gain: number, salt: number): JudgedArm =>
  finishedArm(id, label, noisy(8, 400, gain, salt))

const control = armWith('scratch', 'Control', 0, 0)
const soft = armWith('soft', 'Soft targets', 0.05, 1)
const weak = armWith('weak', 'Hints', 0.02, 2)
const smooth = armWith('smooth', 'Label smoothing', 0.021, 3)
const labels = { soft: 'Soft targets', weak: 'Hints', smooth: 'Label smoothing', scratch: 'Control' }
const margin = 0.01
const common = {
  metric: 'accuracy' as const,
  // These scores have no bounds.
  range: 0,
  margin,
  plannedSeeds: [1, 2, 3, 4, 5, 6, 7, 8],
  control,
}
const at = (...ids: string[]): Map<string, ReadAt> =>
  new Map(ids.map((id) => [id, { look: 0, withheld: null }]))

describe('Is it the teacher?', () => {
  const primary = saidPrimary(input({ ...common, corrected: 3, arms: [soft, weak, smooth] }))
  const found = saidSmoothing({
    ...input(common),
    arms: [soft, weak],
    regularisers: [smooth],
    primary: at('soft', 'weak', 'smooth'),
  })

  test('every distillation arm is compared with every regulariser, corrected over all pairs', () => {
    expect(found.map(({ arm: id, against, family, word }) => [id, against, family, word])).toEqual([
      ['soft', 'smooth', 'teacher-or-smoothing', 'helped'],
      ['weak', 'smooth', 'teacher-or-smoothing', 'no practical difference'],
    ])
    expect(found[0]?.sentence).toContain('raised accuracy over label smoothing by')
    expect(found[0]?.sentence).toContain('corrected for 2 comparisons')
    const [alone] = saidSmoothing({
      ...input(common),
      arms: [soft],
      regularisers: [smooth],
      primary: at('soft', 'smooth'),
    })
    expect(alone?.simultaneous?.[0]).toBeGreaterThan(found[0]?.simultaneous?.[0] ?? Infinity)
  })

  test('the sentence of an arm that helped goes on with what the teacher adds', () => {
    const [first, second] = sayPrimary(primary, found, labels)
    expect(first?.word).toBe('helped')
    expect(first?.sentence).toMatch(/; it added 2\.9 points to what label smoothing gives\.$/)
    expect(second?.word).toBe('helped')
    expect(second?.sentence).toMatch(/; label smoothing, which needs no teacher, did as well\.$/)
  })

  test('an inconclusive comparison is never said to be as good', () => {
    const open = found.map((one) => ({
      ...one,
      word: 'inconclusive' as const,
      simultaneous: [-0.003, 0.016] as [number, number],
    }))
    const [first] = sayPrimary(primary, open, labels)
    expect(first?.sentence).toContain(
      'not shown to add to label smoothing, which needs no teacher (−0.3 to +1.6).',
    )
    expect(first?.sentence).not.toContain('as well')
  })

  test('one answer names every arm once', () => {
    expect(smoothingAnswer(found, labels)).toBe(
      'For soft targets, yes: it adds 2.9 points to what label smoothing gives. Label smoothing, which needs no teacher, did as well as hints.',
    )
  })

  test('without a word for the primary question there is none here', () => {
    const withheld: NoWord = { why: 'no-primary-word', because: { why: 'too-few-seeds', seeds: 2 } }
    const [first] = saidSmoothing({
      ...input(common),
      arms: [soft],
      regularisers: [smooth],
      primary: new Map([
        ['soft', { look: 0, withheld }],
        ['smooth', { look: 0, withheld: null }],
      ]),
    })
    expect([first?.word, first?.noWord]).toEqual([null, withheld])
    expect(first?.simultaneous).not.toBeNull()
  })

  test('arms of different looks are read at the earlier one', () => {
    const looks = [
      { seeds: 5, alpha: 0.02 },
      { seeds: 8, alpha: 0.03 },
    ]
    const [first] = saidSmoothing({
      ...input({ ...common, looks, looksTaken: 2, looksLaunched: 2 }),
      arms: [soft],
      regularisers: [{ ...smooth, seeds: smooth.seeds.slice(0, 5) }],
      primary: new Map([
        ['soft', { look: 1, withheld: null }],
        ['smooth', { look: 0, withheld: null }],
      ]),
    })
    expect([first?.look.index, first?.seeds, first?.word]).toEqual([0, 5, 'helped'])
    expect(first?.note).toContain('read at 5 seeds, where label smoothing was decided')
  })
})

describe('As good as the teacher?', () => {
  const teacher = Float64Array.from({ length: 400 }, (_, i) => 0.5 * Math.sin(i * 12.9898) + 0.052)
  const given = (changes: Partial<TeacherInput> = {}): TeacherInput => ({
    ...input({ ...common, corrected: 2, arms: [soft, weak] }),
    teachers: [teacher],
    ...changes,
  })

  test('the worked example has its reference figures, at alpha over M', () => {
    const worked = saidTeacher({ ...goldenInput(), teachers: [Float64Array.from(goldenPlanning.teacher)] })
    expect(worked.length).toBe(goldenPlanning.expected.length)
    goldenPlanning.expected.forEach(({ vs_teacher: expected, gap_recovered: gap }, m) => {
      near(worked[m]?.estimate ?? null, expected.delta)
      near(worked[m]?.simultaneous?.[0] ?? null, expected.lower)
      near(worked[m]?.simultaneous?.[1] ?? null, expected.upper)
      expect(worked[m]?.word === 'as good' || worked[m]?.word === 'better').toBe(
        expected.noninferior_within_rope,
      )
      near(worked[m]?.recovered.estimate ?? null, gap.ratio)
      near(worked[m]?.recovered.interval?.[0] ?? null, gap.lo)
      near(worked[m]?.recovered.interval?.[1] ?? null, gap.hi)
    })
    const primary = saidPrimary(goldenInput())
    goldenPlanning.expected.forEach((expected, m) => {
      const own = primary[m]?.planning
      near(own?.sd ?? null, expected.sd)
      near(own?.sdUpper ?? null, expected.sd80)
      near(own?.powerAtMargin ?? null, expected.power_at_rope, 1e-6)
      expect(own?.needed).toBe(expected.seeds_needed_for_rope.S)
      near(own?.testSetFactor ?? null, expected.seeds_needed_for_rope.N_factor)
    })
  })

  test('a student is as good, or worse by more than the margin', () => {
    const found = saidTeacher(given())
    expect(found.map(({ word }) => word)).toEqual(['as good', 'worse'])
    expect(found[0]?.qualifier).toBe('within ±1 point either way')
    expect(found[1]?.qualifier).toBe('by more than 1 point')
  })

  test('the answer names each word once, and none shown is said plainly', () => {
    expect(teacherAnswer(saidTeacher(given()), labels)).toBe(
      'Soft targets did as well as the teacher, within 1 point. Hints did worse by more than 1 point.',
    )
    const wide = saidTeacher(given()).map((one) => ({ ...one, word: 'not shown' as const }))
    expect(teacherAnswer(wide, labels)).toBe(
      'Not shown for any: none is shown to be within 1 point of the teacher.',
    )
  })

  test('the share of the gain that is kept lies between control and teacher', () => {
    const [first] = saidTeacher(given())
    near(first?.recovered.estimate ?? null, (first?.estimate ?? 0) / 0.052 + 1, 0.02)
    expect(first?.recovered.interval?.[0]).toBeGreaterThan(0.8)
  })

  test('before the planned seeds, and for seeds that are missing, there is no word', () => {
    const cut = (...seeds: JudgedArm['seeds']): JudgedArm => ({
      ...soft,
      seeds: [...soft.seeds.slice(0, 4), ...seeds],
    })
    const reason = (arm: JudgedArm): string | null | undefined =>
      saidTeacher(given({ arms: [arm] }))[0]?.reason
    expect(reason(cut())).toBe('provisional, 4 of 8 seeds')
    const missing = [5, 6, 7, 8].map((seed) => ({ seed, state: 'missing' as const, why: 'lost' as const }))
    expect(reason(cut(...missing))).toBe('4 of 8 planned seeds are missing (its trainer was lost)')
    expect(reason(cut({ seed: 5, state: 'stopped' }))).toBe('stopped at 4 of 8 planned seeds')
  })

  test('runs that diverged are named, also those of the control, which enter the share that is kept', () => {
    const even = new Float64Array(400).fill(0.1)
    const diverged = { seed: 3, state: 'diverged' as const, scores: even }
    const [first] = saidTeacher(
      given({
        arms: [{ ...soft, seeds: soft.seeds.map((own) => (own.seed === 3 ? diverged : own)) }],
        control: { ...control, seeds: control.seeds.map((own) => (own.seed === 3 ? diverged : own)) },
      }),
    )
    expect(first?.sentence).toContain('; seed 3 diverged and counts as the even guess.')
    expect(first?.note).toContain('control diverged: seed 3')
  })

  test('three teachers that were trained apart are compared unpaired, without a share; two are refused', () => {
    const three = [0, 1, 2].map((t) => teacher.map((score, i) => score + 0.002 * Math.sin(t * 5 + i)))
    const [first] = saidTeacher(given({ teachers: three }))
    expect(first?.word).toBe('as good')
    expect(first?.recovered.none).toBe('several-teachers')
    expect(() => saidTeacher(given({ teachers: three.slice(1) }))).toThrow('teachers: 2 rows')
  })

  test('the sentence says of how many groups the test examples are', () => {
    const groups = Array.from(teacher, (_, i) => i >> 1)
    expect(saidTeacher(given({ groups }))[0]?.sentence).toMatch(
      new RegExp(` ${teacher.length} test examples in ${teacher.length / 2} groups\\)`),
    )
  })

  test('a fixed teacher is exempt from the rule of three seeds, its students are not', () => {
    const two = { ...soft, seeds: soft.seeds.slice(0, 2) }
    const [first] = saidTeacher(
      given({ arms: [two], plannedSeeds: [1, 2], control: { ...control, seeds: [] } }),
    )
    expect([first?.word, first?.reason]).toEqual([null, '2 seeds cannot decide'])
    expect(first?.simultaneous).not.toBeNull()
  })

  test('a student that answers as its teacher does is equivalent, with that note', () => {
    const copy = finishedArm(
      'soft',
      'Soft targets',
      Array.from({ length: 8 }, () => Array.from(teacher)),
    )
    const [first] = saidTeacher(given({ arms: [copy] }))
    expect([first?.word, first?.note]).toEqual(['as good', 'equal scores on 400 examples'])
  })

  test('a teacher of another length, or with a figure that is not finite, is refused', () => {
    expect(() => saidTeacher(given({ teachers: [teacher.slice(1)] }))).toThrow('teacher: 399 examples')
    const broken = teacher.with(3, Number.NaN)
    expect(() => saidTeacher(given({ teachers: [broken] }))).toThrow('teacher: example 3 is NaN')
  })
})
