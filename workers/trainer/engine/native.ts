import type { Engine } from './engine.ts'
import { loadNative } from './load-native.ts'
import { createNativeOps } from './native-ops.ts'

/** TensorFlow's C library, where it is installed. */
export async function openNative(): Promise<Engine> {
  const native = await loadNative(process.env)
  if (native.tf)
    return { name: 'native', version: native.version, tf: native.tf, ops: createNativeOps(native.tf) }
  throw new Error(
    `The native engine ${native.reason}. Install it with npm run engine:native, or choose the portable engine (wasm).`,
  )
}
