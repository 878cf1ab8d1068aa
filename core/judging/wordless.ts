import type { ArmRole } from '../contracts/arm.ts'
import { fewestForWord, missingShare } from './word-rules.ts'

/** What a run has brought, or may still bring, to the words of a look. */
export type Prospect = 'result' | 'diverged' | 'missing' | 'stopped' | 'pending'

export interface ArmProspects {
  id: string
  role: Exclude<ArmRole, 'teacher'>
  needsTeacher: boolean
  /** Its seeds up to the newest look that was launched; an arm that was decided before has none of that look. */
  seeds: ReadonlyMap<number, Prospect>
}

/** Why an arm gets no word any more, whatever its open runs bring. */
export type WhyWordless = 'control-stopped' | 'stopped' | 'teacher-lost' | 'control-diverged' | 'missing'

export interface Wordless {
  arm: string
  why: WhyWordless
}

export interface Prospects {
  control: ArmProspects
  /** Those that go on at the newest look. */
  arms: readonly ArmProspects[]
  /** The teacher has ended, or will, without a result. */
  teacherLost: boolean
  paired: boolean
}

/** Arms that can get no word any more at the newest look, each with the cause that weighs most. */
export function wordlessArms({ control, arms, teacherLost, paired }: Prospects): Wordless[] {
  const planned = control.seeds.size
  // Fewer have no word by their plan, and lose none.
  if (planned < fewestForWord) return []
  const has = ({ seeds }: ArmProspects, prospect: Prospect): boolean => [...seeds.values()].includes(prospect)
  const lacking = ({ seeds }: ArmProspects): number[] =>
    [...seeds].filter(([, prospect]) => prospect === 'missing').map(([seed]) => seed)
  const tooMany = (seeds: readonly number[]): boolean => new Set(seeds).size > missingShare * planned
  const nothingLearnt = [...control.seeds.values()].every((prospect) => prospect === 'diverged')
  const why = (arm: ArmProspects): WhyWordless | null => {
    if (nothingLearnt) return 'control-diverged'
    if (has(control, 'stopped')) return 'control-stopped'
    if (arm.needsTeacher && teacherLost) return 'teacher-lost'
    if (has(arm, 'stopped')) return 'stopped'
    const [own, other] = [lacking(arm), lacking(control)]
    return tooMany(own) || tooMany(other) || (paired && tooMany([...own, ...other])) ? 'missing' : null
  }
  return arms.flatMap((arm) => {
    const found = why(arm)
    return found === null ? [] : [{ arm: arm.id, why: found }]
  })
}

/**
 * Of whom (`teacher`, or the id of an arm) the open runs can give no word any more: arms without one, and the control
 * and the teacher where no arm is left that needs them.
 */
export function idleArms({ control, arms }: Prospects, wordless: readonly Wordless[]): Set<string> {
  const lost = new Set(wordless.map(({ arm }) => arm))
  const idle = new Set(lost)
  if (lost.size > 0 && arms.every(({ id }) => lost.has(id))) idle.add(control.id)
  if (lost.size > 0 && arms.every(({ id, needsTeacher }) => !needsTeacher || lost.has(id)))
    idle.add('teacher')
  return idle
}
