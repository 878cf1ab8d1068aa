import type { EngineView } from '../../../core/contracts/engines.ts'
import type { EngineName } from '../../../core/contracts/protocol.ts'
import { engineCards } from '../../../core/engines/registry.ts'

/** "Portable, about 0.31 ms a step"; `view` is missing until the server has answered. */
export function engineLabel(name: EngineName, view: EngineView | undefined): string {
  if (view?.missing != null) return `${engineCards[name].label}, not available here`
  return view?.stepMs == null
    ? engineCards[name].label
    : `${engineCards[name].label}, about ${Number(view.stepMs.toPrecision(2))} ms a step`
}

/** Where a repeated training gives the same bits. */
export function promiseText(name: EngineName): string {
  const { engine, only } = engineCards[name].promise
  return `${engine} gives the same bits ${only ?? 'on any machine'}.`
}

/** Why the others cannot be chosen and what to do; without the one whose problem stands at the field already. */
export const missingTexts = (views: readonly EngineView[], chosen: EngineName | ''): string[] =>
  views.flatMap(({ name, missing }) => (missing === null || name === chosen ? [] : [missing]))
