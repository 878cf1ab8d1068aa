import { requireNative } from '../../workers/trainer/engine/require-native.js'

// Loads the native engine from beside the file argv[2] and multiplies. Says which version works, or ends with its error.
const { tf, version } = await requireNative(process.argv[2])
const product = tf.tidy(() =>
  tf
    .matMul(
      [
        [1, 2],
        [3, 4],
      ],
      [[1], [1]],
    )
    .dataSync(),
)
if (product.join() !== '3,7') throw new Error(`1 + 2, 3 + 4 gives ${product.join()}`)
process.stdout.write(`works: ${version}\n`)
