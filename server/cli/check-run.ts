import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { RecordedFile, VerificationReport, VerificationTask } from '../../core/contracts/verification.ts'
import { hashDataset } from '../domain/datasets/hash-dataset.ts'
import { randomIds } from '../platform/ids.ts'
import { compareLogits, compareWeights, hashFile } from './compare-files.ts'
import type { Retrainer } from './retrain.ts'

export interface CheckRoom {
  /** Empty folder of this check, on a disk with room. */
  scratch: string
  /** Data sets whose files were read and hashed, by folder. */
  hashedData: Map<string, string>
  retrainer: Retrainer
  onStep: (step: number) => void
}

/** Beside the files of a run: checkpoints hold the moments too. */
const spareBytes = 32 * 1024 * 1024

/** Trains one run once more and compares, or says why that could not be done. Changes nothing of what is stored. */
export async function checkRun(
  runId: string,
  task: VerificationTask,
  room: CheckRoom,
): Promise<{ report: VerificationReport } | { reason: string }> {
  const missing = faultOfData(task, room) ?? (await faultOfTeacher(task)) ?? faultOfDisk(task, room)
  if (missing !== null) return { reason: missing }
  const startedAt = performance.now()
  const { teacherLogits: logits, teacherNetwork: teacher } = task
  const end = await room.retrainer.train(
    {
      runId,
      spec: task.spec,
      dataset: task.dataset,
      scratch: room.scratch,
      resumeFrom: null,
      teacherLogits:
        logits === null
          ? null
          : { train: logits.train.path, validation: logits.validation.path, test: logits.test.path },
      teacherNetwork:
        teacher === null
          ? null
          : { network: teacher.network, weights: teacher.weights.path, sha256: teacher.weights.sha256 },
    },
    room.onStep,
  )
  if (end.type === 'failed') return { reason: end.text }
  const folder = end.type === 'trained' ? room.scratch : null
  const weights = await compareWeights(task.weights, folder)
  const testLogits = await compareLogits(task.testLogits, folder)
  const listed = task.weights.sha256 === task.weightsSha256 ? null : task.weights.sha256
  return {
    report: {
      id: randomIds.next(16),
      runId,
      machine: {
        host: os.hostname(),
        platform: process.platform,
        arch: process.arch,
        processor: os.cpus()[0]?.model.trim() ?? 'unknown processor',
        node: process.version,
      },
      engine: end.engine,
      durationMs: Math.round(performance.now() - startedAt),
      weights: { ...weights, recorded: task.weightsSha256, listed },
      testLogits,
    },
  }
}

/** Other data would give other weights, whatever the training does. */
function faultOfData({ dataset, spec }: VerificationTask, { hashedData }: CheckRoom): string | null {
  if (!fs.existsSync(path.join(dataset, 'meta.json')))
    return `The folder of its data set, ${dataset}, is gone. Opening the page New experiment of a running Stillhouse prepares it again.`
  const hash = hashedData.get(dataset) ?? hashOr(dataset, 'unreadable')
  hashedData.set(dataset, hash)
  return hash === spec.data.hash
    ? null
    : `The data set in ${dataset} is not what the run was trained on: its SHA-256 is ${hash.slice(0, 16)}, not ${spec.data.hash.slice(0, 16)}. Open the page New experiment of a running Stillhouse, which writes its damaged files anew.`
}

function hashOr(dataset: string, otherwise: string): string {
  try {
    return hashDataset(dataset)
  } catch {
    return otherwise
  }
}

async function faultOfTeacher({ teacherLogits }: VerificationTask): Promise<string | null> {
  for (const file of Object.values<RecordedFile>(teacherLogits ?? {})) {
    const onDisk = await hashFile(file.path)
    if (onDisk === null) return `It learns from its teacher’s ${file.name}, which is gone (${file.path}).`
    if (onDisk !== file.sha256)
      return `It learns from its teacher’s ${file.name}, which is damaged: ${file.path} has the SHA-256 ${onDisk.slice(0, 16)}, recorded is ${file.sha256.slice(0, 16)}. Verify the teacher.`
  }
  return null
}

function faultOfDisk({ weights, testLogits }: VerificationTask, { scratch }: CheckRoom): string | null {
  const { bavail, bsize } = fs.statfsSync(scratch)
  const sizeOf = ({ path: file }: RecordedFile): number =>
    fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const needed = spareBytes + 4 * sizeOf(weights) + 4 * sizeOf(testLogits)
  return bavail * bsize >= needed
    ? null
    : `The disk of ${scratch} has no room for a training (${Math.ceil(needed / 1e6)} MB). Free some space, or name another folder in TMPDIR.`
}
