import type { ArmFigures, ArmView } from '../../../core/contracts/views.ts'
import { decimal, factor } from '../../_ui/format.ts'

/**
 * What a smaller student buys and what it costs, in two sentences: size and latency against the teacher, then test
 * accuracy given up or gained. Says what is still missing instead of guessing it.
 * @param unmeasured why there is no latency, as a sentence, where there is none.
 */
export function compareSentence(
  arms: readonly ArmView[],
  figures: readonly ArmFigures[],
  unmeasured: string,
): string {
  const of = (arm: ArmView | undefined): ArmFigures | undefined =>
    figures.find((candidate) => candidate.armId === arm?.id)
  const teacher = of(arms.find((arm) => arm.role === 'teacher'))
  const control = of(arms.find((arm) => arm.role === 'control'))
  const accuracy = accuracySentence(arms, figures, teacher, control)
  return teacher && control ? `${costSentence(teacher, control, unmeasured)} ${accuracy}` : accuracy
}

function costSentence(teacher: ArmFigures, student: ArmFigures, unmeasured: string): string {
  // Bytes hold more than weights, so that a ratio is said with what it is of.
  const [large, small, of] =
    teacher.sizeBytes === null || student.sizeBytes === null
      ? [teacher.parameters, student.parameters, 'in parameters']
      : [teacher.sizeBytes, student.sizeBytes, 'on disk']
  const size = compared(large / small, `smaller ${of}`, `larger ${of}`, `as large ${of} as`)
  if (!teacher.latency || !student.latency) {
    return `The student is ${joined([size])}. ${unmeasured}`
  }
  const speed = compared(teacher.latency.p50Ms / student.latency.p50Ms, 'faster', 'slower', 'as fast as')
  return `The student is ${joined([size, speed])}, one example at a time.`
}

interface Compared {
  words: string
  equal: boolean
}

function compared(ratio: number, less: string, more: string, same: string): Compared {
  const words = factor(ratio, [less, more])
  return words === null ? { words: same, equal: true } : { words, equal: false }
}

/** "12× smaller and 5× faster than its teacher", "as large as its teacher and 2× slower". */
function joined(parts: readonly Compared[]): string {
  const words = parts.map((part) => (part.equal ? `${part.words} its teacher` : part.words)).join(' and ')
  return parts.some((part) => part.equal) ? words : `${words} than its teacher`
}

function accuracySentence(
  arms: readonly ArmView[],
  figures: readonly ArmFigures[],
  teacher?: ArmFigures,
  control?: ArmFigures,
): string {
  const reference = teacher?.metrics['test/accuracy']?.mean
  const alone = control?.metrics['test/accuracy']?.mean
  if (reference === undefined) return 'The teacher has no test accuracy.'
  if (teacher && teacher.finished === 0) {
    return 'The teacher diverged: it counts as an even guess, and a comparison with it says nothing.'
  }
  if (alone === undefined) return 'The control has no test accuracy.'
  const others = arms
    .filter((arm) => arm.role === 'regularisation' || arm.role === 'distillation')
    .flatMap((arm) => {
      const mean = figures.find((of) => of.armId === arm.id)?.metrics['test/accuracy']?.mean
      return mean === undefined ? [] : [reference - mean]
    })
    .sort((a, b) => a - b)
  const verb = reference - alone >= 0 ? 'gives up' : 'gains'
  const amount = points(Math.abs(reference - alone))
  const first =
    amount === points(0)
      ? 'Trained alone it has the test accuracy of its teacher'
      : `Trained alone it ${verb} ${amount} of test accuracy`
  return `${first}${othersClause(others[0], others.at(-1))}.`
}

/** The other methods by what they lose against the teacher, from the least to the most; negative is a gain. */
function othersClause(least: number | undefined, most: number | undefined): string {
  if (least === undefined || most === undefined) return ''
  if (least < 0 && most > 0) {
    return `; the other methods range from a gain of ${points(-least)} to a loss of ${points(most)}`
  }
  const [word, low, high] = least >= 0 ? ['loss', least, most] : ['gain', -most, -least]
  const range =
    decimal(low * 100, 1) === decimal(high * 100, 1)
      ? points(low)
      : `${decimal(low * 100, 1)} to ${points(high)}`
  return `; with the other methods the ${word} is ${range}`
}

function points(fraction: number): string {
  const text = decimal(fraction * 100, 1)
  return `${text} ${text === '1.0' ? 'point' : 'points'}`
}
