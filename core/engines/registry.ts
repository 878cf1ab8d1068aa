import { cpu } from './cpu.ts'
import type { EngineCard } from './engine.ts'
import { native } from './native.ts'
import { portable } from './portable.ts'

const cards = { wasm: portable, native, cpu }

type Name = keyof typeof cards

/** Every engine of this version by its name in protocols, in the order in which they are listed. */
export const engineCards: { readonly [Each in Name]: EngineCard<Each> } = cards

export const engineNames = [portable.name, native.name, cpu.name] as const satisfies readonly Name[]

/** What a choice of `auto` means, whatever is installed: its results can be checked on any machine. */
export const usualEngine: Name = portable.name
