import type { ArmRole } from '../contracts/arm.ts'
import type { NextStep } from '../contracts/verdict-page.ts'
import type { FailureReason } from '../contracts/work-report.ts'
import { formatCount } from '../text/format-number.ts'
import { allOf, capital, counted, joinAnd } from '../text/grammar.ts'
import { withinSentence } from './phrases.ts'

/** Ends of an arm's runs that bring no result of their own, counted by their cause. */
export interface ArmEndings {
  role: ArmRole
  label: string
  runs: number
  diverged: number
  failures: Partial<Record<FailureReason, number>>
  /** Finished runs whose stored answers are damaged or gone, and those that are being trained again because of it. */
  damaged: number
  trainedAgain: number
}

interface Repair {
  /** Some comparison has no word, or is not settled. */
  open: boolean
  /** The experiment again, with new seeds. */
  action: NextStep['action']
}

/** "Every run of the control" where whole arms are hit, else "3 of 24 runs". */
const whose = (endings: readonly ArmEndings[], of: (one: ArmEndings) => number): string => {
  const all = endings.filter((one) => one.runs > 0 && of(one) === one.runs)
  const hit = endings.filter((one) => of(one) > 0)
  if (hit.length > 0 && hit.length === all.length)
    return joinAnd(hit.map((one) => (one.role === 'teacher' ? 'the teacher' : wholeArm(one))))
  const total = hit.reduce((sum, one) => sum + of(one), 0)
  const runs = endings.reduce((sum, one) => sum + one.runs, 0)
  return total === runs ? allOf(runs, 'run') : `${total} of ${counted(runs, 'run')}`
}

const wholeArm = ({ label, runs }: ArmEndings): string => {
  const arm = withinSentence(label)
  return runs === 1 ? `the run of ${arm}` : `every run of ${arm}`
}

const steady = (endings: readonly ArmEndings[], action: NextStep['action']): NextStep[] => {
  if (endings.every(({ diverged }) => diverged === 0)) return []
  const teacher = endings.some(({ role, diverged }) => role === 'teacher' && diverged > 0)
  const students = teacher ? ', so that nothing could learn from it' : ''
  const who = capital(whose(endings, ({ diverged }) => diverged))
  return [
    {
      title: 'Make the training steady first',
      text: `${who} diverged${students}. A lower learning rate, clipping of the gradient or a longer warm-up keeps a training finite; more seeds do not.`,
      action,
    },
  ]
}

const failed = (endings: readonly ArmEndings[], reasons: readonly FailureReason[]): string | null => {
  const of = (one: ArmEndings): number =>
    reasons.reduce((sum, reason) => sum + (one.failures[reason] ?? 0), 0)
  return endings.every((one) => of(one) === 0) ? null : capital(whose(endings, of))
}

const failures = (endings: readonly ArmEndings[], { open, action }: Repair): NextStep[] => {
  // What failed and cost no word needs no repair.
  if (!open) return []
  const steps: NextStep[] = []
  const memory = failed(endings, ['out-of-memory'])
  if (memory !== null) {
    steps.push({
      title: 'Make room in memory first',
      text: `${memory} ran out of memory. Raise STILLHOUSE_MEMORY_LIMIT_MB where the machine has more, or make the network or the batch smaller; new seeds alone end the same way.`,
      action,
    })
  }
  const disk = failed(endings, ['disk-full'])
  if (disk !== null) {
    steps.push({
      title: 'Free some disk space first',
      text: `${disk} found the disk full. Free some space, then start again with new seeds.`,
      action,
    })
  }
  const other = failed(endings, ['bad-input', 'error', 'lost'])
  if (other !== null) {
    steps.push({
      title: 'Repair what failed first',
      text: `${other} failed. The page of a failed run says why, and its log ends with what happened last; without a repair new seeds may end the same way.`,
      action,
    })
  }
  return steps
}

/** What the words wait for, before anything else can be said of them. */
export const mendingSteps = (endings: readonly ArmEndings[], dataDamaged: boolean): NextStep[] => {
  if (dataDamaged) {
    return [
      {
        title: 'Mend the data set first',
        text: 'Its stored files are damaged or gone, and every word is read against them. The page New experiment writes them anew when it is opened.',
        action: null,
      },
    ]
  }
  return [...damagedSteps(endings), ...trainedAgainSteps(endings)]
}

const trainedAgainSteps = (endings: readonly ArmEndings[]): NextStep[] => {
  const all = endings.reduce((sum, { trainedAgain }) => sum + trainedAgain, 0)
  if (all === 0) return []
  return [
    {
      title: `Wait until ${all === 1 ? '1 run is' : `${formatCount(all)} runs are`} trained again`,
      text: `${all === 1 ? 'Its' : 'Their'} stored files were damaged. The words are read when ${all === 1 ? 'it has' : 'they have'} ended; no new seeds are needed.`,
      action: null,
    },
  ]
}

const damagedSteps = (endings: readonly ArmEndings[]): NextStep[] => {
  if (endings.every(({ damaged }) => damaged === 0)) return []
  const all = endings.reduce((sum, { damaged }) => sum + damaged, 0)
  return [
    {
      title: 'Mend the damaged files first',
      text: `Stored files of ${whose(endings, ({ damaged }) => damaged)} are damaged or gone. ${all === 1 ? 'The page of that run' : 'The pages of those runs'} can train ${all === 1 ? 'it' : 'them'} again; files that are put back from a copy are read at once. No new seeds are needed.`,
      action: null,
    },
  ]
}

/** What has to be mended before seeds can help, from how the runs ended and not from the words. */
export const repairSteps = (endings: readonly ArmEndings[], repair: Repair): NextStep[] => [
  ...steady(endings, repair.action),
  ...failures(endings, repair),
]
