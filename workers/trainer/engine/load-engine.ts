import type { EngineChoice, EngineName } from '../../../core/contracts/protocol.ts'
import { usualEngine } from '../../../core/engines/registry.ts'
import { openCpu } from './cpu.ts'
import type { Engine } from './engine.ts'
import { openNative } from './native.ts'
import { openPortable } from './portable.ts'

const openers: Readonly<Record<EngineName, (kernelsPath: string | undefined) => Promise<Engine>>> = {
  wasm: openPortable,
  native: openNative,
  cpu: openCpu,
}

/**
 * Loads one engine into this process; only what it needs is imported, so that a trainer starts fast.
 * @param kernelsPath STILLHOUSE_KERNELS, or undefined for the package's own
 * @throws Error that says what to install or build
 */
export const loadEngine = async (choice: EngineChoice, kernelsPath: string | undefined): Promise<Engine> =>
  await openers[choice === 'auto' ? usualEngine : choice](kernelsPath)
