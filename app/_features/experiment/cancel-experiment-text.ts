import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { counted } from '../../_ui/format.ts'

/** What cancelling the experiment costs at this point of it. */
export function cancelExperimentText({
  runsTotal,
  runsEnded,
  protocol,
  seeds,
}: Pick<ExperimentPage, 'runsTotal' | 'runsEnded' | 'seeds'> & {
  protocol: Pick<ExperimentPage['protocol'], 'looks'>
}): string {
  const left = runsTotal - runsEnded
  if (left === 0) {
    return 'Every run has ended: what was decided stands. What is still measured, such as latency, is left out; a cancelled experiment cannot be resumed.'
  }
  const first = protocol.looks[0]?.seeds ?? seeds.length
  const words =
    seeds.length > first
      ? 'What was decided at an earlier look stands; without all planned seeds nothing else is'
      : 'Without all planned seeds there will be no verdict'
  return `${counted(left, 'run')} will not be trained to the end. Finished runs keep their figures. ${words}, and a cancelled experiment cannot be resumed.`
}
