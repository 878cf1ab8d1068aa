import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { RunSpec } from '../../core/contracts/run.ts'
import { MetricPoint } from '../../core/contracts/work-report.ts'
import type { EarlyStopState } from './early-stop.ts'
import { TrainerFailure } from './failure.ts'
import { writeFileSafely } from './write-file.ts'

/** All that a run needs to go on as if it had never stopped. Streams of random numbers follow from seed and step. */
export interface Checkpoint {
  /** Gradient steps done. */
  step: number
  /** Sum of the losses, and their number, since the last report. */
  lossSum: number
  lossCount: number
  /** Sum of the gradient's norms of the same steps; 0 where nothing is clipped. */
  gradientNormSum: number
  /** null where the run does not stop early. */
  earlyStop: EarlyStopState | null
  /** The curves so far: what an interrupted attempt sent may not have arrived. */
  points: MetricPoint[]
  weights: Float32Array[]
  moments: Float32Array[]
}

const magic = 'STILLCP1'
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
  sha256: z.string(),
})

const fingerprint = (spec: RunSpec): string => createHash('sha256').update(JSON.stringify(spec)).digest('hex')

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

const withoutWeights = ({
  step,
  value,
}: {
  step: number
  value: number
}): { step: number; value: number } => ({
  step,
  value,
})

/** One file: magic, length of the header, header as JSON, then the arrays as float32, little endian. */
export async function writeCheckpoint(path: string, spec: RunSpec, checkpoint: Checkpoint): Promise<void> {
  const { weights, moments, earlyStop, ...rest } = checkpoint
  const payload = [...weights, ...moments, ...(earlyStop?.best?.weights ?? [])].map(bytesOf)
  const hash = createHash('sha256')
  for (const part of payload) hash.update(part)
  const header = Buffer.from(
    JSON.stringify({
      ...rest,
      spec: fingerprint(spec),
      weights: weights.map((values) => values.length),
      moments: moments.map((values) => values.length),
      earlyStop: earlyStop && { ...earlyStop, best: earlyStop.best && withoutWeights(earlyStop.best) },
      sha256: hash.digest('hex'),
    } satisfies z.input<typeof Header>),
  )
  const start = Buffer.alloc(12)
  start.write(magic, 'latin1')
  start.writeUInt32LE(header.length, 8)
  await writeFileSafely(path, [start, header, ...payload])
}

/**
 * @returns null where the file is missing or damaged: the run then begins anew, with the same result
 * @throws TrainerFailure (`bad-input`) where it belongs to another run spec
 */
export async function readCheckpoint(path: string, spec: RunSpec): Promise<Checkpoint | null> {
  const bytes = await readFile(path).catch(() => null)
  if (!bytes || bytes.length < 12 || bytes.toString('latin1', 0, 8) !== magic) return null
  const headerEnd = 12 + bytes.readUInt32LE(8)
  let header: z.infer<typeof Header>
  try {
    header = Header.parse(JSON.parse(bytes.toString('utf8', 12, headerEnd)))
  } catch {
    return null
  }
  const payload = bytes.subarray(headerEnd)
  if (createHash('sha256').update(payload).digest('hex') !== header.sha256) return null
  if (header.spec !== fingerprint(spec))
    throw new TrainerFailure(
      'bad-input',
      `The checkpoint ${path} belongs to another run. Start this run anew.`,
    )
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
