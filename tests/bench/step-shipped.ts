import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import type { StepConfig } from './step-config.ts'

/**
 * A child process that times the same step on tfjs' wasm backend as it is shipped: its own kernels, automatic
 * differentiation and Adam. Bundled before it runs, because tfjs' bundle for Node leaves the gradients out.
 */
const config = JSON.parse(process.argv[2] ?? '') as StepConfig
const { hidden, batchSize } = config
setWasmPaths(process.argv[3] ?? '')

async function main(): Promise<void> {
  tf.enableProdMode()
  await tf.setBackend('wasm')
  await tf.ready()
  const widths = [784, ...hidden, 10]
  const layers = widths.slice(1).map((out, i) => ({
    kernel: tf.variable(tf.randomUniform<tf.Rank.R2>([widths[i] ?? 0, out], -0.05, 0.05)),
    bias: tf.variable(tf.zeros<tf.Rank.R1>([out])),
  }))
  const x = tf.randomUniform<tf.Rank.R2>([batchSize, 784], 0, 1)
  const indices = Int32Array.from({ length: batchSize }, (_, i) => i % 10)
  const y = tf.cast(tf.oneHot(tf.tensor1d(indices, 'int32'), 10), 'float32')
  const optimizer = tf.train.adam(1e-3)
  const loss = (): tf.Scalar => {
    let h = x
    layers.forEach(({ kernel, bias }, i) => {
      const z = tf.add<tf.Tensor2D>(tf.matMul(h, kernel), bias)
      h = i < layers.length - 1 ? tf.relu(z) : z
    })
    return tf.losses.softmaxCrossEntropy(y, h)
  }
  process.on('message', (steps: number) => {
    const durationsMs: number[] = []
    for (let i = 0; i < steps; i++) {
      const startedAt = performance.now()
      const value = optimizer.minimize(loss, true)
      value?.dataSync()
      value?.dispose()
      durationsMs.push(performance.now() - startedAt)
    }
    process.send?.(durationsMs)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ version: tf.version_core })
}

void main()
