import type { PlannedCheck, Verification, VerificationPlan } from '../../core/contracts/verification.ts'
import { engineCards } from '../../core/engines/registry.ts'
import { counted } from '../../core/text/grammar.ts'
import { escapeControls } from './escape-controls.ts'

export interface RunResult {
  planned: PlannedCheck
  end: { type: 'checked'; verification: Verification } | { type: 'not-checked'; reason: string }
}

/** What will be done. `seed`: what drew the run, where one was drawn. */
export function openingText({ question, checks }: VerificationPlan, seed: number | null): string {
  const [first] = checks
  const what =
    checks.length === 1 && first !== undefined
      ? `${first.label} (${first.runId})${seed === null ? '' : `, drawn with --seed ${seed}`}`
      : counted(checks.filter(({ checkable }) => checkable).length, 'run')
  return escapeControls(`Training once more: ${what}, of “${question}”.`)
}

/** The result of one run, in lines. */
export function resultText({ planned, end }: RunResult): string {
  const name = escapeControls(planned.label)
  if (end.type === 'not-checked') return `${name}: not checked. ${end.reason}\n`
  const { outcome, machine, engine, durationMs, weightsSha256, testLogitsSha256, differences } =
    end.verification
  const lines = [
    `${name}: ${outcome}`,
    ...differences.map((text) => `  ${text}`),
    `  weights      ${weightsSha256 ?? 'none'}`,
    `  test logits  ${testLogitsSha256 ?? 'none'}`,
    `  ${(durationMs / 1000).toFixed(1)} s on ${escapeControls(machine.processor)}, ${machine.platform} ${machine.arch}, Node ${machine.node.replace(/^v/, '')}, ${engine.name} (${engine.version})`,
    ...remarks(planned, end.verification).map((text) => `  ${text}`),
  ]
  return `${lines.join('\n')}\n`
}

/** What the word alone would not say. */
function remarks(planned: PlannedCheck, { engine, outcome }: Verification): string[] {
  if (!planned.checkable) return []
  const { reusedFrom } = planned.task
  const { engine: named, only } = engineCards[engine.name].promise
  return [
    ...(reusedFrom === null ? [] : [`It shares the training of the run ${reusedFrom}.`]),
    ...(only !== null && outcome === 'identical' ? [`${named} promises this only ${only}.`] : []),
  ]
}

const countOutcomes = (results: readonly RunResult[]) => {
  const of = (wanted: Verification['outcome']): number =>
    results.filter(({ end }) => end.type === 'checked' && end.verification.outcome === wanted).length
  const [identical, differing] = [of('identical'), of('differs')]
  return { identical, differing, notChecked: results.length - identical - differing }
}

/** One line about all of them. */
export function summaryText(results: readonly RunResult[]): string {
  const { identical, differing, notChecked } = countOutcomes(results)
  const parts = [
    `${identical} identical`,
    ...(differing > 0 ? [`${differing} different`] : []),
    ...(notChecked > 0 ? [`${notChecked} not checked`] : []),
  ]
  return `${counted(results.length, 'run')}: ${parts.join(', ')}.\n`
}

/** The document of --json. */
export function verifyDocument(
  { experimentId, question }: VerificationPlan,
  seed: number | null,
  results: readonly RunResult[],
): object {
  return {
    experiment: experimentId,
    question,
    seed,
    ...countOutcomes(results),
    runs: results.map(({ planned, end }) => ({
      run: planned.runId,
      arm: planned.armId,
      seed: planned.seed,
      label: planned.label,
      ...(end.type === 'checked'
        ? checkedEntry(planned, end.verification)
        : { outcome: 'not-checked', reason: end.reason }),
    })),
  }
}

function checkedEntry(planned: PlannedCheck, verification: Verification): object {
  const { id: _, runId: __, ...rest } = verification
  const recorded = planned.checkable
    ? { weights: planned.task.weightsSha256, testLogits: planned.task.testLogits.sha256 }
    : null
  return { ...rest, recorded, remarks: remarks(planned, verification) }
}
