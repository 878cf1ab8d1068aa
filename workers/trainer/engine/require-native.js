import { createRequire } from 'node:module'

/**
 * tfjs-node as a module at `place` would find it, its backend set. It runs on one thread unless the environment says
 * otherwise: with one thread equal specs give equal weights on a machine.
 *
 * @param {string | URL} place path or file URL of a file beside node_modules
 * @returns tfjs with its native backend, and the versions of both
 */
export async function requireNative(place) {
  process.env.TF_NUM_INTRAOP_THREADS ??= '1'
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  supplyRemovedHelpers()
  const tf = createRequire(place)('@tensorflow/tfjs-node')
  // No banner on standard error, which belongs to the log.
  tf.enableProdMode()
  await tf.setBackend('tensorflow')
  await tf.ready()
  const version = `tfjs-node ${tf.version['tfjs-node']}, TensorFlow ${tf.backend().binding.TF_Version}`
  return { tf, version }
}

/** tfjs-node 4.22 calls two helpers that Node 23 removed from util. */
function supplyRemovedHelpers() {
  const util = createRequire(import.meta.url)('node:util')
  util.isNullOrUndefined ??= (value) => value === null || value === undefined
  util.isArray ??= Array.isArray
}
