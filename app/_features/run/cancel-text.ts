import type { Cancelling } from '../../../core/contracts/cancelling.ts'
import type { RunPage } from '../../../core/contracts/views.ts'
import { withinSentence } from '../../../core/wording/phrases.ts'
import { counted, listed } from '../../_ui/format.ts'

/** What cancelling this run costs, before it is done. */
export function cancelText(
  { arm, trainedAgain }: Pick<RunPage, 'arm' | 'trainedAgain'>,
  cancelling: Cancelling,
): string {
  if (trainedAgain)
    return 'It keeps the result that it had, and its files stay damaged. A cancelled run cannot be resumed.'
  const stands = cancelling.decidedBefore ? ' Words of an earlier look stand.' : ''
  return `${costText(arm, cancelling)}${stands} A cancelled run cannot be resumed.`
}

function costText(arm: RunPage['arm'], { arms, all }: Cancelling): string {
  const lost = listed(arms.map(withinSentence))
  if (arm.role === 'teacher') {
    const cost =
      arms.length === 0 ? ' and have no figures' : `: there is no result and no verdict word for ${lost}`
    return `Every run that learns from this teacher will be blocked${cost}.${all ? '' : ' The other arms still finish.'}`
  }
  if (arms.length === 0) return 'No arm gets a verdict word from this run; it would only have added figures.'
  switch (arm.role) {
    case 'control':
      return `Every arm is compared with the control and needs all of its seeds: without this run there is no verdict word for ${lost}.`
    case 'regularisation':
      return `Its seed will have no result in this arm, and without all planned seeds the arm gets no verdict word. Whether it is the teacher stays open too: every distilled arm is compared with ${withinSentence(arm.label)} for that.`
    case 'distillation':
      return 'Its seed will have no result in this arm, and without all planned seeds the arm gets no verdict word.'
  }
}

/** The choice about the other runs, which can then give no word any more. */
export function restTexts(runs: number): { end: string; goOn: string } {
  return {
    end: `End ${runs === 1 ? 'the other run' : `the ${counted(runs, 'other run')}`} that can give no word any more`,
    goOn: `Let ${runs === 1 ? 'it' : 'them'} go on, for the figures`,
  }
}
