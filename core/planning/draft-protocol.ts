import { judgedOf } from '../metrics/registry.ts'
import type { ArmRole, Method } from '../contracts/arm.ts'
import type { NetworkSpec } from '../contracts/network.ts'
import type { DataSpec, ExperimentDraft, Protocol } from '../contracts/protocol.ts'
import { formatCount } from '../text/format-number.ts'
import { networkFacts } from '../networks/registry.ts'
import { cardOf, methods as allMethods, openMethod } from '../methods/registry.ts'
import { nameArms } from './name-arms.ts'
import { checkRanges } from './check-ranges.ts'
import { checkTrainings, earlyStopNotes } from './check-training.ts'
import type { DraftProblem } from './draft-problem.ts'
import { checkLooks, lookNotes, planContinuation, planLooks } from './plan-looks.ts'
import { checkMargins, marginProblem, writtenAs, planMargins } from './plan-margins.ts'

export type DraftResult =
  | { ok: true; protocol: Protocol; notes: string[] }
  | { ok: false; problems: DraftProblem[]; notes: string[] }

/** The engine that a draft asks for is not on this machine: why, and what to do. */
export interface MissingEngine {
  missing: string
}

/** Paired where the seeds of the last look make pairing pay (docs/statistics.md, pairing). */
const seedsThatPair = 5

/** Turns what a person chose into a protocol, or says what is wrong with it, field by field. */
export function draftProtocol(
  draft: ExperimentDraft,
  data: DataSpec,
  engine: Protocol['engine'] | MissingEngine,
): DraftResult {
  const problems = [
    ...checkSeeds(draft),
    ...checkLabels(draft, data),
    ...checkMargin(draft),
    ...checkMargins(draft),
    ...checkMethods(draft),
    ...checkTrainings(draft),
    ...checkRanges(draft),
    ...('missing' in engine ? [{ path: 'engine', message: engine.missing }] : []),
  ]
  const notes = noteWorthies(draft, data)
  const methods = methodsOf(draft)
  let arms: Protocol['arms'] = []
  try {
    arms = nameArms(methods)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    problems.push({ path: 'methods', message: error.message })
  }
  if (problems.length > 0 || 'missing' in engine) return { ok: false, problems, notes }
  const planned = mostSeedsOf(draft)
  const protocol: Protocol = {
    schemaVersion: 2,
    data,
    labels: { perSeed: draft.labelsPerSeed, subset: draft.subset },
    teacher: draft.teacher,
    student: draft.student,
    arms,
    seeds: Array.from({ length: planned }, (_, index) => draft.firstSeed + index),
    looks: planLooks(draft),
    continuation: planContinuation(draft),
    primaryMetric: draft.primaryMetric,
    margin: draft.margin,
    margins: planMargins(draft, data),
    alpha: draft.alpha,
    paired: planned >= seedsThatPair,
    checkpoint: draft.student.training.earlyStop === undefined ? 'last' : 'best-on-validation',
    failurePolicy: 'diverged-scored-as-uniform',
    engine,
  }
  return { ok: true, protocol, notes }
}

/** Seeds an arm at the last look. */
const mostSeedsOf = ({ seeds, moreLooks }: ExperimentDraft): number => moreLooks.at(-1) ?? seeds

/**
 * The control, the methods that distil in the order in which they were asked for, then regularisers. A regulariser that
 * every experiment has comes with its usual settings where it was not asked for.
 */
function methodsOf({ methods }: ExperimentDraft): Method[] {
  const ofRole = (role: ArmRole): Method[] => methods.filter(({ name }) => cardOf(name).role === role)
  const always = (role: ArmRole): Method[] =>
    allMethods.filter((card) => card.role === role && card.offer.kind === 'always').map(({ start }) => start)
  const regularisers = ofRole('regularisation')
  const usual = always('regularisation').filter(({ name }) => regularisers.every((one) => one.name !== name))
  return [...always('control'), ...ofRole('distillation'), ...regularisers, ...usual]
}

function checkSeeds(draft: ExperimentDraft): DraftProblem[] {
  const { seeds } = draft
  if (seeds < 1) return [{ path: 'seeds', message: 'At least 1 seed is needed; a verdict needs at least 3.' }]
  if (seeds > 100) return [{ path: 'seeds', message: 'At most 100 seeds an arm.' }]
  return checkLooks(draft)
}

function checkMargin({ margin, primaryMetric }: ExperimentDraft): DraftProblem[] {
  const problems: DraftProblem[] = []
  const message = marginProblem(margin, writtenAs('teacher', primaryMetric))
  if (message !== null) problems.push({ path: 'margin', message })
  if (judgedOf(primaryMetric).scale === 100 && margin >= 1) {
    problems.push({
      path: 'margin',
      message: 'The margin is a difference of accuracies, a fraction: it must be less than 1 (100 points).',
    })
  }
  return problems
}

function checkLabels({ labelsPerSeed, methods }: ExperimentDraft, data: DataSpec): DraftProblem[] {
  if (labelsPerSeed > data.train) {
    return [
      {
        path: 'labelsPerSeed',
        message: `There are ${formatCount(data.train)} training examples; choose at most as many labels.`,
      },
    ]
  }
  if (labelsPerSeed < data.classes) {
    return [
      {
        path: 'labelsPerSeed',
        message: `Choose at least one label for each of the ${data.classes} classes.`,
      },
    ]
  }
  if (methods.some(usesUnlabelled) && labelsPerSeed === data.train) {
    return [
      {
        path: 'labelsPerSeed',
        message:
          'With every training example labelled there is none left for the arms with unlabelled examples.',
      },
    ]
  }
  return []
}

const usesUnlabelled = ({ name }: Method): boolean => cardOf(name).needs.unlabelled

/** What would train on nothing at all, or could not be put into a batch. */
function checkMethods({ methods, student }: ExperimentDraft): DraftProblem[] {
  const problems: DraftProblem[] = []
  methods.forEach((method, index) => {
    const weights = openMethod(method).stored.filter(({ spec }) => spec.weighsTheTeacher === true)
    const [first] = weights
    if (first !== undefined && weights.every(({ value }) => value === 0)) {
      problems.push({
        path: `methods.${index}`,
        message: `With a ${first.spec.label.toLowerCase()} of 0 this arm has no teacher: it is the control. Choose a weight above 0.`,
      })
    }
  })
  if (student.training.batchSize < 2 && methods.some(usesUnlabelled)) {
    problems.push({
      path: 'student.training.batchSize',
      message: 'An arm with unlabelled examples needs a batch of at least 2: one labelled, one unlabelled.',
    })
  }
  return problems
}

/** Says so where the student has more parameters than its teacher; otherwise nothing. */
export function sizeNotes(
  { teacher, student }: Record<'teacher' | 'student', { network: NetworkSpec }>,
  data: DataSpec,
): string[] {
  const size = (network: NetworkSpec): number => networkFacts(network, data).parameters
  return size(student.network) > size(teacher.network) ? ['The student is larger than its teacher.'] : []
}

function noteWorthies(draft: ExperimentDraft, data: DataSpec): string[] {
  const notes: string[] = []
  if (draft.seeds === 1) {
    notes.push(
      'One seed compares two trained networks, not the method: there will be figures but no verdict word.',
    )
  }
  if (draft.seeds === 2) notes.push('2 seeds cannot decide: there will be figures but no verdict word.')
  const planned = mostSeedsOf(draft)
  if (planned >= 3 && planned < seedsThatPair) {
    notes.push(`Below ${seedsThatPair} seeds the comparison is unpaired, and its intervals are wide.`)
  }
  notes.push(...lookNotes(draft), ...sizeNotes(draft, data), ...earlyStopNotes(draft, data))
  const { batchSize } = draft.student.training
  if (batchSize > draft.labelsPerSeed) {
    notes.push(
      `A batch of ${batchSize} is larger than the ${draft.labelsPerSeed} labels of a seed: batches of ${draft.labelsPerSeed} are used, in every arm.`,
    )
  }
  if (!draft.methods.some(({ name }) => cardOf(name).role === 'distillation')) {
    notes.push('No distillation arm is chosen: this compares label smoothing with the control alone.')
  }
  return notes
}
