import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { RunSpec } from '../../../core/contracts/run.ts'
import { MetricPoint } from '../../../core/contracts/work-report.ts'
import { canonicalJson } from '../../../core/data/canonical-json.ts'
import { sizeOf, type WeightSpec } from '../../../core/networks/layers/layer.ts'
import type { StepSums } from './curves.ts'
import type { EarlyStopState } from './early-stop.ts'
import { momentsPerWeight } from './optimizer.ts'
import { writeFileSafely } from '../write-file.ts'

/** All that a run needs to go on as if it had never stopped. Streams of random numbers follow from seed and step. */
export interface Checkpoint extends StepSums {
  /** Gradient steps done. */
  step: number
  /** null where the run does not stop early. */
  earlyStop: EarlyStopState | null
  /** The curves so far: what an interrupted attempt sent may not have arrived. */
  points: MetricPoint[]
  weights: Float32Array[]
  moments: Float32Array[]
}

const magic = 'STILLCP2'
/** Magic, length of the header, SHA-256 of all that follows. */
const startBytes = 8 + 4 + 32
const Header = z.strictObject({
  spec: z.string(),
  step: z.int().min(0),
  lossSum: z.number(),
  lossCount: z.int().min(0),
  points: z.array(MetricPoint),
  weights: z.array(z.int()),
  moments: z.array(z.int()),
  gradientNormSum: z.number().default(0),
  /** The best weights stand after the moments, as many as `weights`. */
  earlyStop: z
    .strictObject({
      best: z.strictObject({ step: z.int(), value: z.number() }).nullable(),
      withoutGain: z.int().min(0),
    })
    .nullable()
    .default(null),
})

/** Of canonical bytes: another order of the same keys is the same run. */
const fingerprint = (spec: RunSpec): string => createHash('sha256').update(canonicalJson(spec)).digest('hex')

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** One file: magic, length of the header, SHA-256, header as JSON, then the arrays as float32, little endian. */
export async function writeCheckpoint(path: string, spec: RunSpec, checkpoint: Checkpoint): Promise<void> {
  const { weights, moments, earlyStop, ...rest } = checkpoint
  const header = Buffer.from(
    JSON.stringify({
      ...rest,
      spec: fingerprint(spec),
      weights: weights.map((values) => values.length),
      moments: moments.map((values) => values.length),
      earlyStop: earlyStop && {
        ...earlyStop,
        best: earlyStop.best && { step: earlyStop.best.step, value: earlyStop.best.value },
      },
    } satisfies z.input<typeof Header>),
  )
  const content = [header, ...[...weights, ...moments, ...(earlyStop?.best?.weights ?? [])].map(bytesOf)]
  const hash = createHash('sha256')
  for (const part of content) hash.update(part)
  const start = Buffer.alloc(startBytes)
  start.write(magic, 'latin1')
  start.writeUInt32LE(header.length, 8)
  hash.digest().copy(start, 12)
  await writeFileSafely(path, [start, ...content])
}

/** A checkpoint to go on from, or why there is none: the run then begins anew, with the same result. */
export type FoundCheckpoint = { fits: true; checkpoint: Checkpoint } | { fits: false; why: string }

const unfit = (why: string): FoundCheckpoint => ({ fits: false, why })

export async function readCheckpoint(
  path: string,
  spec: RunSpec,
  weights: readonly WeightSpec[],
): Promise<FoundCheckpoint> {
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return unfit('cannot be read')
  if (bytes.length < startBytes || bytes.toString('latin1', 0, 8) !== magic)
    return unfit('was written by another version, or is damaged')
  const content = bytes.subarray(startBytes)
  if (!createHash('sha256').update(content).digest().equals(bytes.subarray(12, startBytes)))
    return unfit('is damaged')
  const headerLength = bytes.readUInt32LE(8)
  const header = parseHeader(content.toString('utf8', 0, headerLength))
  if (header === null) return unfit('was written by another version')
  if (header.spec !== fingerprint(spec)) return unfit('belongs to another training')
  if (!hasShapes(header, spec, weights)) return unfit('has other weights or moments than this training')
  return { fits: true, checkpoint: unpack(header, content.subarray(headerLength)) }
}

function parseHeader(text: string): z.infer<typeof Header> | null {
  try {
    return Header.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function hasShapes(
  header: z.infer<typeof Header>,
  { training }: RunSpec,
  weights: readonly WeightSpec[],
): boolean {
  const sizes = weights.map(({ shape }) => sizeOf(shape))
  const kept = sizes.flatMap((size) =>
    Array.from({ length: momentsPerWeight(training.optimizer) }, () => size),
  )
  return header.weights.join() === sizes.join() && header.moments.join() === kept.join()
}

function unpack(header: z.infer<typeof Header>, payload: Buffer): Checkpoint {
  let from = 0
  const take = (length: number): Float32Array => {
    const values = new Float32Array(length)
    bytesOf(values).set(payload.subarray(from, from + length * 4))
    from += length * 4
    return values
  }
  const { step, lossSum, lossCount, gradientNormSum, points, earlyStop } = header
  return {
    step,
    lossSum,
    lossCount,
    gradientNormSum,
    points,
    weights: header.weights.map(take),
    moments: header.moments.map(take),
    earlyStop: earlyStop && {
      ...earlyStop,
      best: earlyStop.best && { ...earlyStop.best, weights: header.weights.map(take) },
    },
  }
}
