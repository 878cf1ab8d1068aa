import { createRandom } from '../../core/random/create-random.ts'
import { seedOf } from '../../core/random/seed-of.ts'
import { studies } from './studies.ts'
import { addSums, type Cell, type CellResult, type Row, type Sums } from './study.ts'

/** What one process draws at a time: part of the replicates of one cell. */
export interface Unit {
  study: string
  cell: string
  chunk: number
  replicates: number
}

/** The chunks, not the processes, have the streams, so that figures do not depend on the number of cores. */
const chunkSize = 500

const cellsOf = (only: string | undefined): { study: string; cell: Cell }[] =>
  studies
    .filter(({ name }) => only === undefined || name === only)
    .flatMap(({ name, cells }) => cells.map((cell) => ({ study: name, cell })))

export const studyNames = (): string[] => studies.map(({ name }) => name)

/** The work of a run. @param options.short the short form; @param options.only one study by name. */
export const planUnits = (options: { short?: boolean; only?: string | undefined }): Unit[] =>
  cellsOf(options.only).flatMap(({ study, cell }) => {
    const replicates = options.short === true ? cell.short : cell.replicates
    return Array.from({ length: Math.ceil(replicates / chunkSize) }, (_, chunk) => ({
      study,
      cell: cell.name,
      chunk,
      replicates: Math.min(chunkSize, replicates - chunk * chunkSize),
    }))
  })

/** @throws RangeError for a study or a cell that is not there. */
export const runUnit = ({ study, cell: name, chunk, replicates }: Unit): Sums => {
  const found = cellsOf(study).find(({ cell }) => cell.name === name)
  if (found === undefined) throw new RangeError(`simulation: there is no cell "${name}" in "${study}"`)
  return found.cell.simulate(createRandom(seedOf('simulation', study, name, chunk)), replicates)
}

/** Adds the chunks up and judges. @param slack Monte Carlo standard errors by which limits are widened. */
export const judgeUnits = (done: readonly { unit: Unit; sums: Sums }[], slack: number): Row[] => {
  const results = new Map<string, Map<string, CellResult>>()
  for (const { unit, sums } of done) {
    const ofStudy = results.get(unit.study) ?? new Map<string, CellResult>()
    const { sums: total, replicates } = ofStudy.get(unit.cell) ?? { sums: {}, replicates: 0 }
    addSums(total, sums)
    ofStudy.set(unit.cell, { sums: total, replicates: replicates + unit.replicates })
    results.set(unit.study, ofStudy)
  }
  return studies.flatMap(({ name, cells, judge }) => {
    const ofStudy = results.get(name)
    if (ofStudy === undefined) return []
    const ordered = new Map(
      cells.flatMap(({ name: cell }) => {
        const result = ofStudy.get(cell)
        return result === undefined ? [] : [[cell, result] as const]
      }),
    )
    return judge(ordered, { slack })
  })
}
