import type { WorkersPage } from '../../../core/contracts/views.ts'
import { count, counted, timeSpan } from '../../_ui/format.ts'

/** What the cores do and how much waits, in two or three sentences. */
export function workersLead(page: WorkersPage): string {
  return `${nowSentence(page)} ${waitingSentence(page)}`
}

function nowSentence({ machine, slots }: WorkersPage): string {
  switch (machine.supervisor) {
    case 'stopped':
      return 'The supervisor has stopped, so nothing is trained. The server starts it again by itself; if this stays, restart Stillhouse.'
    case 'starting':
      return 'The supervisor starts.'
    case 'running':
      break
  }
  const kinds = slots.flatMap((slot) => (slot.current === null ? [] : [slot.current.kind]))
  if (kinds.includes('profile')) {
    return 'Latency is being measured while nothing trains here.'
  }
  const training = kinds.filter((kind) => kind === 'train').length
  const comparing = kinds.includes('fidelity') ? ' Early runs are compared with their teacher.' : ''
  if (training === 0) return `No core of this machine is training.${comparing}`
  const who =
    slots.length === 1
      ? 'The core of this machine is'
      : training === slots.length
        ? `${slots.length === 2 ? 'Both' : `All ${slots.length}`} cores of this machine are`
        : `${training} of ${slots.length} cores of this machine ${training === 1 ? 'is' : 'are'}`
  return `${who} training.${comparing}`
}

function waitingSentence(page: WorkersPage): string {
  if (page.waitingTotal === 0) return 'Nothing is waiting.'
  const waits = page.waitingTotal === 1 ? 'waits' : 'wait'
  return `${counted(page.waitingTotal, 'job')} ${waits}${page.left === null ? '' : `; all is done in about ${timeSpan(page.left)}`}.`
}

/** "1.1 GB". */
export function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GB`
}

/** "214 MB". */
export function megabytesWhole(bytes: number): string {
  return `${count(Math.round(bytes / 1e6))} MB`
}
