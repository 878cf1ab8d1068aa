import { join } from 'node:path'
import type { RunSpec } from '../../../core/contracts/run.ts'
import type { WeightSpec } from '../../../core/networks/layers/layer.ts'
import type { TrainerEvent } from '../../protocol/trainer-messages.ts'
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts'

/** The checkpoint to go on from, with what it knows told anew; null, with a warning, where it does not fit. */
export async function takeUp(
  resumeFrom: string | null,
  spec: RunSpec,
  weights: readonly WeightSpec[],
  send: (event: TrainerEvent) => void,
): Promise<Checkpoint | null> {
  if (resumeFrom === null) return null
  const found = await readCheckpoint(resumeFrom, spec, weights)
  if (!found.fits) {
    const text = `The checkpoint ${resumeFrom} ${found.why}: training from the start.`
    send({ type: 'log', level: 'warn', text })
    return null
  }
  const { step, points } = found.checkpoint
  send({ type: 'resumed', step })
  // Sent anew as a whole: the server reads the points of the newest attempt alone.
  if (points.length > 0) send({ type: 'metrics', points: [...points] })
  return found.checkpoint
}

/** Saves what `read` gives where `everyMs` have passed since the last time, and tells of it. */
export function createSaver(
  folder: string,
  spec: RunSpec,
  everyMs: number,
  send: (event: TrainerEvent) => void,
): (now: number, read: () => Checkpoint) => Promise<void> {
  const path = join(folder, 'checkpoint.bin')
  let savedAt = performance.now()
  return async (now, read) => {
    if (now - savedAt < everyMs) return
    const checkpoint = read()
    await writeCheckpoint(path, spec, checkpoint)
    send({ type: 'checkpoint', path, step: checkpoint.step })
    savedAt = performance.now()
  }
}
