import type { ExperimentSummary } from '../../../core/contracts/views.ts'

export const listStates = ['all', 'running', 'decided', 'open'] as const
export type ListState = (typeof listStates)[number]

/**
 * running: still training. decided: ended, and at least one arm got a word that settles something.
 * open: ended, but nothing is settled (every word is "inconclusive", or there is none).
 */
export function stateOf(experiment: ExperimentSummary): Exclude<ListState, 'all'> {
  if (experiment.status === 'running') return 'running'
  return experiment.words.some(({ word }) => word !== 'inconclusive') ? 'decided' : 'open'
}

/** Experiments of one state whose question, data, models or arms contain every word of the search. */
export function filterExperiments(
  experiments: readonly ExperimentSummary[],
  state: ListState,
  search: string,
): ExperimentSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return experiments.filter((experiment) => {
    if (state !== 'all' && stateOf(experiment) !== state) return false
    const text = searchText(experiment)
    return words.every((word) => text.includes(word))
  })
}

/** How many experiments are in each state. */
export function countStates(experiments: readonly ExperimentSummary[]): Record<ListState, number> {
  const counts: Record<ListState, number> = { all: experiments.length, running: 0, decided: 0, open: 0 }
  for (const experiment of experiments) counts[stateOf(experiment)]++
  return counts
}

function searchText(experiment: ExperimentSummary): string {
  const arms = experiment.words.flatMap(({ word, arms: labels }) => [word, ...labels])
  const tag = experiment.demonstration ? 'demonstration' : ''
  return [experiment.question, experiment.data, experiment.teacher, experiment.student, tag, ...arms]
    .join(' ')
    .toLowerCase()
}
