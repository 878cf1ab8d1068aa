import { and, desc, eq } from 'drizzle-orm'
import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { adamDefaults } from '../../../core/planning/defaults.ts'
import { createMutex, type Mutex } from '../../../db/mutex.ts'
import { experiments } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { launchExperiment } from './launch-experiment.ts'

const softTargets = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }

/**
 * The demonstration: its settings were chosen knowing the outcome of an earlier look at this data, and its page says
 * so. Nothing in it is tuned to make distillation win or lose.
 */
export const demoDraft: ExperimentDraftInput = {
  question: 'Does a large MNIST teacher help a student that has only 2,000 labels?',
  data: 'mnist',
  labelsPerSeed: 2_000,
  teacher: {
    network: { kind: 'mlp', hidden: [800, 800], dropout: 0.5 },
    training: {
      steps: 2_800,
      batchSize: 128,
      optimizer: adamDefaults,
      learningRate: 1e-3,
      schedule: 'cosine',
    },
  },
  student: {
    network: { kind: 'mlp', hidden: [128, 64], dropout: 0 },
    // 40 passes over 2,000 labels.
    training: {
      steps: 1_250,
      batchSize: 64,
      optimizer: adamDefaults,
      learningRate: 1e-3,
      schedule: 'cosine',
    },
  },
  methods: [
    { name: 'label-smoothing', smoothing: 0.1 },
    { name: 'soft-targets', ...softTargets },
    { name: 'soft-targets-unlabelled', ...softTargets, unlabelledShare: 0.5 },
    { name: 'hard-labels-unlabelled', ...softTargets, unlabelledShare: 0.5 },
  ],
  seeds: 8,
  margin: 0.01,
  // Whatever this server starts with: anyone can check it.
  engine: 'auto',
}

const mutexes = new WeakMap<Context['db'], Mutex>()

/** Launches the demonstration, or finds the newest one: an unfinished one goes on, a finished one is shown. */
export async function openDemo(ctx: Context, input: { again: boolean }): Promise<OpenedDemo> {
  const mutex = mutexes.get(ctx.db) ?? createMutex()
  mutexes.set(ctx.db, mutex)
  // One after the other: two that ask together would each launch one.
  return await mutex.run(() => findOrLaunch(ctx, input))
}

interface OpenedDemo {
  id: string
  launched: boolean
  status: string
}

async function findOrLaunch(ctx: Context, { again }: { again: boolean }): Promise<OpenedDemo> {
  const known = again
    ? undefined
    : ctx.db.read
        .select({ id: experiments.id, status: experiments.status })
        .from(experiments)
        .where(and(eq(experiments.demonstration, true), eq(experiments.lifecycleStage, 'active')))
        .orderBy(desc(experiments.createdAt))
        .all()
        .find((experiment) => experiment.status === 'running' || experiment.status === 'finished')
  if (known !== undefined) return { ...known, launched: false }
  const { id } = await launchExperiment(ctx, { draft: demoDraft, demonstration: true })
  return { id, launched: true, status: 'running' }
}
