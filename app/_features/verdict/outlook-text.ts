import type { Outlook } from '../../../core/contracts/verdict-page.ts'
import { counted } from '../../_ui/format.ts'

/** What runs that can give no word any more are still good for, and the way to end them. */
export function outlookText({ runs, all }: Outlook): {
  text: string
  button: string
  confirm: string
  keep: string
} {
  const one = runs === 1
  const which = all
    ? one
      ? 'The run that is left'
      : `The ${counted(runs, 'run')} that are left`
    : one
      ? '1 run'
      : counted(runs, 'run')
  return {
    text: `${which} can give no word any more, only figures: end ${one ? 'it' : 'them'}, or let ${one ? 'it' : 'them'} go on for these.`,
    keep: `Let ${one ? 'it' : 'them'} go on`,
    button: one ? 'End the run' : `End ${counted(runs, 'run')}`,
    confirm: `${one ? 'It' : 'They'} cannot be resumed. Finished runs keep their figures${all ? '' : ', and what can still get a word goes on'}.`,
  }
}
