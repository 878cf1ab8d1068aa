import { judgePrimary } from '../../core/judging/judge.ts'
import { largeSize, naiveParts, nestedScores, seededExperiment } from './verdict-experiment.ts'

// A process of its own, since the peak of one that has done other things says nothing. Argument: own or naive.
const input = seededExperiment(largeSize)
if (process.argv[2] === 'naive') {
  // The arrays of the library are let go one by one, so that the baseline does not pay for both.
  const [control = [], ...arms] = [input.control, ...input.arms].map((arm) => {
    const rows = nestedScores(arm)
    arm.seeds = []
    return rows
  })
  for (const arm of arms) naiveParts(arm, control)
} else {
  judgePrimary(input)
}
process.stdout.write(`${process.resourceUsage().maxRSS / 1024}\n`)
