import type { TrainingSpec } from '../contracts/network.ts'
import type { DataSpec, ExperimentDraft } from '../contracts/protocol.ts'
import { formatCount } from '../text/format-number.ts'
import type { DraftProblem } from './draft-problem.ts'

const parts = ['teacher', 'student'] as const

/** What contradicts itself in the trainings of a draft, field by field; nothing where they can be run as they stand. */
export const checkTrainings = (draft: ExperimentDraft): DraftProblem[] =>
  parts.flatMap((part) =>
    checkTraining(draft[part].training).map(({ path, message }) => ({
      path: `${part}.training.${path}`,
      message,
    })),
  )

function checkTraining(training: TrainingSpec): DraftProblem[] {
  const { steps, optimizer, warmUpSteps, earlyStop } = training
  const problems = checkMilestones(training)
  if (warmUpSteps !== undefined && warmUpSteps >= steps) {
    problems.push({
      path: 'warmUpSteps',
      message: `The warm-up must end before the last of the ${formatCount(steps)} steps: choose fewer warm-up steps.`,
    })
  }
  if (optimizer.name === 'sgd' && optimizer.nesterov === true && optimizer.momentum === 0) {
    problems.push({
      path: 'optimizer.nesterov',
      message:
        'Nesterov looks ahead along the momentum, which is 0 here: choose a momentum above 0, or leave Nesterov out.',
    })
  }
  if (earlyStop !== undefined && earlyStop.everySteps > steps) {
    problems.push({
      path: 'earlyStop.everySteps',
      message: `The validation set would first be measured after ${formatCount(earlyStop.everySteps)} steps, but at most ${formatCount(steps)} are made.`,
    })
  }
  return problems
}

function checkMilestones({ steps, schedule, warmUpSteps = 0 }: TrainingSpec): DraftProblem[] {
  if (typeof schedule === 'string') return []
  const { milestones } = schedule
  const path = 'schedule.milestones'
  if (milestones.some((milestone, at) => milestone <= (milestones[at - 1] ?? 0))) {
    return [{ path, message: `Milestones must rise: ${milestones.map(formatCount).join(', ')} do not.` }]
  }
  const [first = 0, last = 0] = [milestones[0], milestones.at(-1)]
  if (last >= steps) {
    return [
      {
        path,
        message: `The milestone ${formatCount(last)} is never reached: steps are counted from 0, so the last of ${formatCount(steps)} is ${formatCount(steps - 1)}.`,
      },
    ]
  }
  if (first < warmUpSteps) {
    return [
      {
        path,
        message: `The milestone ${formatCount(first)} lies inside the warm-up of ${formatCount(warmUpSteps)} steps: let the rate fall after it has risen.`,
      },
    ]
  }
  return []
}

/** What a reader should know of stopping early; nothing where every run makes all of its steps. */
export function earlyStopNotes({ teacher, student }: ExperimentDraft, data: DataSpec): string[] {
  const notes: string[] = []
  if (student.training.earlyStop !== undefined) {
    notes.push(
      `Students stop early by the validation set: its ${formatCount(data.validation)} labels count as labels used, in every arm, and arms may make different numbers of steps.`,
    )
  }
  if (teacher.training.earlyStop !== undefined) {
    notes.push(
      `The teacher stops early by the validation set: it has seen those ${formatCount(data.validation)} labels too.`,
    )
  }
  for (const [who, { training }] of [
    ['the teacher', teacher],
    ['a student', student],
  ] as const) {
    if (training.earlyStop !== undefined && neverStops(training, training.earlyStop)) {
      notes.push(
        `With so much patience ${who} cannot stop before its last step; its best measured step is evaluated all the same.`,
      )
    }
  }
  return notes
}

/** The first measurement is always the best so far, so that at least `patience` more must fit in before the last step. */
const neverStops = (
  { steps }: TrainingSpec,
  { everySteps, patience }: NonNullable<TrainingSpec['earlyStop']>,
): boolean => (patience + 1) * everySteps >= steps
