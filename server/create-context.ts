import type { Context } from './domain/context.ts'
import { createArtifactStore } from './platform/artifact-store.ts'
import { systemClock } from './platform/clock.ts'
import { randomIds } from './platform/ids.ts'
import { createLiveBus } from './platform/live-bus.ts'

/** What the verbs get in production, over what was opened of a state folder. */
export const createContext = (opened: Pick<Context, 'db' | 'folder' | 'log' | 'workers'>): Context => ({
  ...opened,
  store: createArtifactStore(opened.folder, (fault) => opened.log.error({ err: fault }, fault.message)),
  bus: createLiveBus(randomIds.next(8)),
  clock: systemClock,
  ids: randomIds,
})
