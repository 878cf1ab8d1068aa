import type { PortableRow } from './row.ts'
import { shortened } from './plan-trainings.ts'

/** The rows as a table in Markdown, with what was trained above it. */
export function portableTable(rows: readonly PortableRow[]): string {
  const { teacherSteps, studentSteps, train, labels } = shortened
  const trainings = rows.find((row) => row.trainings.length > 0)?.trainings ?? []
  const students = trainings.filter(({ arm }) => arm !== 'teacher').map(({ arm }) => arm)
  return [
    `The demo's teacher for ${teacherSteps} steps, then ${students.join(', ')} for ${studentSteps} steps each, on the first ${train} digits of MNIST with ${labels} labels. SHA-256 over weights and test logits of all ${trainings.length} trainings.`,
    '',
    '| platform | Node | setting | SHA-256 | time, s | same |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(
      (row) =>
        `| ${row.platform} | ${row.node ?? '–'} | ${row.setting} | ${outcome(row)} | ${row.seconds?.toFixed(1) ?? '–'} | ${row.same === null ? '–' : row.same ? 'yes' : '**no**'} |`,
    ),
  ].join('\n')
}

function outcome({ sha256, notTried, error }: PortableRow): string {
  if (sha256 !== null) return `\`${sha256.slice(0, 16)}\``
  const text = notTried === null ? `broke: ${error}` : `not tried: ${notTried}`
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
}
