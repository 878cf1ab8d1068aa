import { readFile } from 'node:fs/promises'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { NetworkSpec } from '../../../core/contracts/network.ts'
import type { Sizes } from '../../../core/networks/architecture.ts'
import type { NetworkFacts } from '../../../core/networks/graph.ts'
import { sizeOf } from '../../../core/networks/layers/layer.ts'
import { networkGraph } from '../../../core/networks/registry.ts'
import type { Engine } from '../engine/engine.ts'
import { TrainerFailure } from '../failure.ts'
import { buildNetwork, type Network } from './build.ts'
import { tensorsOf } from './initialise.ts'

/** A network with the weights that a training left. */
export interface FrozenNetwork {
  network: Network
  weights: readonly Tensor[]
  dispose(): void
}

/**
 * @param path of a weights.bin
 * @param taps names of those that will be read
 * @throws TrainerFailure `bad-input` where the file is gone or is not that of such a network
 */
export async function loadNetwork(
  engine: Pick<Engine, 'tf' | 'ops'>,
  { network: spec, weights: path }: { network: NetworkSpec; weights: string },
  sizes: Sizes,
  taps: readonly string[] = [],
): Promise<FrozenNetwork> {
  const network = buildNetwork(engine, networkGraph(spec, sizes), taps)
  const values = await readWeightsFile(path, network.facts)
  const weights = tensorsOf(engine, network.facts, values)
  return { network, weights, dispose: () => weights.forEach((tensor) => tensor.dispose()) }
}

/** weights.bin back into arrays. */
async function readWeightsFile(path: string, { weights, parameters }: NetworkFacts): Promise<Float32Array[]> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new TrainerFailure('bad-input', `Cannot read the weights ${path}. Were they deleted?`, {
      cause: error,
    })
  })
  const expected = parameters * 4
  if (bytes.length !== expected)
    throw new TrainerFailure('bad-input', `${path} has ${bytes.length} bytes, the network takes ${expected}.`)
  let from = 0
  return weights.map(({ shape }) => {
    const values = new Float32Array(sizeOf(shape))
    new Uint8Array(values.buffer).set(bytes.subarray(from, from + values.byteLength))
    from += values.byteLength
    return values
  })
}
