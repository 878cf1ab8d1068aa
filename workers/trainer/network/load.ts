import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { StoredNetwork } from '../../../core/contracts/work-request.ts'
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
 * @param stored a weights.bin; its SHA-256 is compared where one is given
 * @param taps names of those that will be read
 * @throws TrainerFailure `bad-input` where the file is gone or is not that of such a network
 */
export async function loadNetwork(
  engine: Pick<Engine, 'tf' | 'ops'>,
  { network: spec, weights: path, sha256 }: Omit<StoredNetwork, 'sha256'> & { sha256: string | null },
  sizes: Sizes,
  taps: readonly string[] = [],
): Promise<FrozenNetwork> {
  const network = buildNetwork(engine, networkGraph(spec, sizes), taps)
  const values = await readWeightsFile(path, sha256, network.facts)
  const weights = tensorsOf(engine, network.facts, values)
  return { network, weights, dispose: () => weights.forEach((tensor) => tensor.dispose()) }
}

/** weights.bin back into arrays. */
async function readWeightsFile(
  path: string,
  sha256: string | null,
  { weights, parameters }: NetworkFacts,
): Promise<Float32Array[]> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new TrainerFailure('bad-input', `Cannot read the weights ${path}. Were they deleted?`, {
      cause: error,
    })
  })
  const expected = parameters * 4
  if (bytes.length !== expected)
    throw new TrainerFailure('bad-input', `${path} has ${bytes.length} bytes, the network takes ${expected}.`)
  if (sha256 !== null && createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new TrainerFailure('bad-input', `${path} is damaged. Train its run again.`)
  let from = 0
  return weights.map(({ shape }) => {
    const values = new Float32Array(sizeOf(shape))
    new Uint8Array(values.buffer).set(bytes.subarray(from, from + values.byteLength))
    from += values.byteLength
    return values
  })
}
