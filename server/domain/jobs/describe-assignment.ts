import fs from 'node:fs'
import path from 'node:path'
import { and, desc, eq, isNotNull, ne } from 'drizzle-orm'
import { RunSpec } from '../../../core/contracts/run.ts'
import { latencyPlan } from '../../../core/evaluation/latency.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { Assignment, StoredNetwork } from '../../../core/contracts/work-request.ts'
import { artifacts, attempts, evaluations, runs, type jobs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { datasetFault } from '../datasets/dataset-fault.ts'
import { datasetFolder } from '../datasets/dataset-paths.ts'
import { testPredictions } from '../experiments/load-experiment.ts'
import { readProtocol } from '../experiments/read-protocol.ts'
import { teacherFiles, TeacherUnread, type TeacherFiles } from './teacher-files.ts'

type Job = typeof jobs.$inferSelect

/** Everything a worker needs for a job, as absolute paths on this machine. */
export function describeAssignment(ctx: Context, job: Job, attemptId: string): Assignment {
  const { protocol } = readProtocol(ctx, job.experimentId)
  const engine = protocol.engine.name
  const dataset = datasetFolder(ctx.folder, protocol.data.hash)
  const fault = job.kind === 'profile' ? null : datasetFault(ctx, protocol.data.hash)
  // Trained on other data it would be another run, and nobody would see it.
  if (fault !== null) throw fault
  switch (job.kind) {
    case 'train': {
      if (job.runId === null) throw new Error(`The training ${job.id} has no run.`)
      const spec = specOf(ctx, job.runId)
      const teacher = teacherFor(ctx, job.experimentId, spec)
      const scratch = path.join(ctx.folder.scratch, job.runId, attemptId)
      fs.mkdirSync(scratch, { recursive: true })
      return {
        kind: 'train',
        attemptId,
        engine,
        request: {
          runId: job.runId,
          spec,
          dataset,
          scratch,
          resumeFrom: lastCheckpoint(ctx, job.id, attemptId),
          teacherLogits: teacher?.logits ?? null,
          teacherNetwork: networkOf(teacher, protocol),
        },
      }
    }
    case 'fidelity': {
      const teacher = teacherFiles(ctx, job.experimentId)
      if (teacher === null) throw new Error(`The teacher of experiment ${job.experimentId} has no logits.`)
      return {
        kind: 'fidelity',
        attemptId,
        engine,
        request: {
          dataset,
          teacherLogits: { train: teacher.logits.train, test: teacher.logits.test },
          runs: unmeasuredRuns(ctx, job.experimentId),
        },
      }
    }
    case 'profile': {
      const { blocks, ...counts } = latencyPlan
      return {
        kind: 'profile',
        attemptId,
        engine,
        blocks,
        seed: protocol.teacher.seed,
        items: [
          { id: 'teacher', network: protocol.teacher.network },
          { id: 'student', network: protocol.student.network },
        ],
        settings: { inputSize: protocol.data.inputSize, classes: protocol.data.classes, ...counts },
      }
    }
  }
}

function specOf(ctx: Context, runId: string): RunSpec {
  const run = ctx.db.read.select({ spec: runs.spec }).from(runs).where(eq(runs.id, runId)).get()
  return RunSpec.parse(run?.spec)
}

/** The newest checkpoint of an earlier attempt that is still there. */
function lastCheckpoint(ctx: Context, jobId: string, attemptId: string): string | null {
  const kept = ctx.db.read
    .select({ checkpoint: attempts.checkpoint })
    .from(attempts)
    .where(and(eq(attempts.jobId, jobId), ne(attempts.id, attemptId), isNotNull(attempts.checkpoint)))
    .orderBy(desc(attempts.number))
    .all()
  for (const { checkpoint } of kept) {
    if (checkpoint !== null && fs.existsSync(ctx.folder.resolve(checkpoint)))
      return ctx.folder.resolve(checkpoint)
  }
  return null
}

/** Arms that need no teacher are only compared with it, and train on where its files are gone. */
function teacherFor(ctx: Context, experimentId: string, spec: RunSpec): TeacherFiles | null {
  if (spec.method === null) return null
  try {
    return teacherFiles(ctx, experimentId)
  } catch (error) {
    if (spec.teacherSpecHash !== null || !(error instanceof TeacherUnread)) throw error
    return null
  }
}

function networkOf(teacher: TeacherFiles | null, protocol: Protocol): StoredNetwork | null {
  if (teacher === null || teacher.weights === null) return null
  const { path: weights, sha256 } = teacher.weights
  return { network: protocol.teacher.network, weights, sha256 }
}

/** Finished students that were not yet compared with the teacher. */
function unmeasuredRuns(
  ctx: Context,
  experimentId: string,
): { runId: string; spec: RunSpec; weights: string; testLogits: string }[] {
  const finished = ctx.db.read
    .select({ id: runs.id, spec: runs.spec, figures: evaluations.figures })
    .from(runs)
    .innerJoin(evaluations, eq(evaluations.runId, runs.id))
    .where(and(eq(runs.experimentId, experimentId), eq(runs.status, 'finished'), ne(runs.armId, 'teacher')))
    .all()
  return finished
    .filter((run) => run.figures['train/agreement'] === undefined)
    .flatMap((run) => {
      const file = (name: string): string => {
        const found = ctx.db.read
          .select()
          .from(artifacts)
          .where(and(eq(artifacts.runId, run.id), eq(artifacts.name, name)))
          .get()
        if (found === undefined) throw new DomainError('not-found', `The run ${run.id} has no ${name}.`)
        return ctx.store.locate(found)
      }
      try {
        return [
          {
            runId: run.id,
            spec: RunSpec.parse(run.spec),
            weights: file('weights.bin'),
            testLogits: file(testPredictions),
          },
        ]
      } catch (error) {
        // One damaged file leaves the others their figures.
        if (!(error instanceof DomainError)) throw error
        ctx.log.error({ err: error, run: run.id }, 'a run cannot be compared with its teacher')
        return []
      }
    })
}
