import { and, desc, eq } from 'drizzle-orm'
import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { readyMnist } from '../../../core/planning/ready-plans.ts'
import { createMutex, type Mutex } from '../../../db/mutex.ts'
import { experiments } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { launchExperiment } from './launch-experiment.ts'

const { labels, ...plan } = readyMnist

/**
 * The demonstration: its settings were chosen knowing the outcome of an earlier look at this data, and its page says
 * so. Nothing in it is tuned to make distillation win or lose.
 */
export const demoDraft: ExperimentDraftInput = {
  question: 'Does a large MNIST teacher help a student that has only 2,000 labels?',
  ...plan,
  labelsPerSeed: labels,
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
