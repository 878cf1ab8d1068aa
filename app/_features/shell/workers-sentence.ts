import type { WorkersPage } from '../../../core/contracts/views.ts'

type Machine = Pick<WorkersPage, 'machine' | 'slots'>

/** The state of the cores in a few words, and whether anything runs. */
export function workersSentence({ machine, slots }: Machine): { text: string; busy: boolean } {
  const kinds = slots.flatMap((slot) => (slot.current === null ? [] : [slot.current.kind]))
  const training = kinds.filter((kind) => kind === 'train').length
  const cores = slots.length
  if (machine.supervisor === 'stopped') return { text: 'Workers stopped', busy: false }
  if (machine.supervisor === 'starting') return { text: 'Workers start', busy: false }
  if (kinds.includes('profile')) return { text: 'Measuring latency', busy: true }
  if (training > 0) return { text: `${training} of ${cores} cores training`, busy: true }
  if (kinds.includes('fidelity')) return { text: 'Comparing with the teacher', busy: true }
  return { text: cores === 1 ? '1 core, idle' : `${cores} cores, idle`, busy: false }
}
