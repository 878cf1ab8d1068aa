import { factsOf } from '../../../core/networks/graph.ts'
import { sizeOf } from '../../../core/networks/layers/layer.ts'
import { networkTopology } from '../../../core/networks/registry.ts'
import { encodeNpy } from '../../../core/data/npy.ts'
import type { ArtifactReport } from '../../../core/contracts/work-report.ts'
import type { Evaluation } from '../evaluate/evaluate.ts'
import type { PreparedRun } from '../data/prepare-run.ts'
import { writeArtifact } from '../write-file.ts'

/** Weights one after the other, float32 little endian, in the order of topology.json. */
export function weightBytes(weights: readonly Float32Array[]): Uint8Array {
  const bytes = new Uint8Array(weights.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const { buffer, byteOffset, byteLength } of weights) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return bytes
}

/** What a reader needs to rebuild the network around weights.bin. */
function topology({ spec, dataset, graph }: PreparedRun): object {
  let offsetBytes = 0
  const weights = factsOf(graph).weights.map(({ name, shape }) => {
    const entry = { name, shape, dtype: 'float32', offsetBytes }
    offsetBytes += sizeOf(shape) * 4
    return entry
  })
  return { ...networkTopology(spec.network, dataset.meta), weights }
}

function exampleColumns({ correct, nll, brier }: Evaluation['trainColumns']): Float64Array {
  const table = new Float64Array(correct.length * 3)
  for (let i = 0; i < correct.length; i++)
    table.set([correct[i] ?? 0, nll[i] ?? Number.NaN, brier[i] ?? Number.NaN], i * 3)
  return table
}

/**
 * weights.bin, topology.json, predictions/*.npy (float32 logits [N, K] in split order; of the training set for a teacher
 * only) and train/examples.npy (float64 [n, 3]: correct, NLL, Brier of the labelled examples in the order of their subset).
 */
export async function writeArtifacts(
  scratch: string,
  run: PreparedRun,
  weights: readonly Float32Array[],
  { logits, trainColumns }: Evaluation,
): Promise<{ artifacts: ArtifactReport[]; sizeBytes: number; weightsSha256: string }> {
  const { classes } = run.dataset.meta
  const matrix = (data: Float32Array): Uint8Array =>
    encodeNpy({ dtype: 'float32', shape: [data.length / classes, classes], data })
  const network = await writeArtifact(scratch, 'weights.bin', weightBytes(weights))
  const text = Buffer.from(`${JSON.stringify(topology(run), null, 2)}\n`)
  const description = await writeArtifact(scratch, 'topology.json', text)
  const table = exampleColumns(trainColumns)
  const artifacts = [
    network,
    description,
    await writeArtifact(scratch, 'predictions/test.npy', matrix(logits.test)),
    await writeArtifact(scratch, 'predictions/validation.npy', matrix(logits.validation)),
    await writeArtifact(
      scratch,
      'train/examples.npy',
      encodeNpy({ dtype: 'float64', shape: [table.length / 3, 3], data: table }),
    ),
  ]
  // A teacher's labelled examples are the whole training set, in its order: what students learn from.
  if (run.spec.method === null)
    artifacts.push(await writeArtifact(scratch, 'predictions/train.npy', matrix(logits.train)))
  return {
    artifacts,
    sizeBytes: network.sizeBytes + description.sizeBytes,
    weightsSha256: network.sha256,
  }
}
