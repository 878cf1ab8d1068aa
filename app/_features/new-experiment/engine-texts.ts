import type { EngineView } from '../../../core/contracts/engines.ts'
import type { EngineName } from '../../../core/contracts/protocol.ts'
import { enginePromise } from '../../../core/evaluation/engine-promise.ts'

const names: Record<EngineName, string> = { wasm: 'Portable', native: 'Native', cpu: 'cpu, plain JavaScript' }

/** The portable one first. */
export const engineOrder = ['wasm', 'native', 'cpu'] as const satisfies readonly EngineName[]

/** "Portable, about 0.31 ms a step"; `view` is missing until the server has answered. */
export function engineLabel(name: EngineName, view: EngineView | undefined): string {
  if (view?.missing != null) return `${names[name]}, not available here`
  return view?.stepMs == null
    ? names[name]
    : `${names[name]}, about ${Number(view.stepMs.toPrecision(2))} ms a step`
}

/** Where a repeated training gives the same bits. */
export function promiseText(name: EngineName): string {
  const { engine, only } = enginePromise(name)
  return `${engine} gives the same bits ${only ?? 'on any machine'}.`
}

/** Why the others cannot be chosen and what to do; without the one whose problem stands at the field already. */
export const missingTexts = (views: readonly EngineView[], chosen: EngineName | ''): string[] =>
  views.flatMap(({ name, missing }) => (missing === null || name === chosen ? [] : [missing]))
