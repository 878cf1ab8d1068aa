import { z } from 'zod'
import { launchKeyPattern } from './launch-key.ts'
import { ExperimentDraft } from './protocol.ts'

/** Names one launch: however often a request with it comes, one experiment is launched. Whoever asks makes it up. */
export const LaunchKey = z
  .string()
  .regex(launchKeyPattern, 'A launch key is 8 to 64 letters, digits, _ and -: send one, or leave it out.')
export type LaunchKey = z.infer<typeof LaunchKey>

/** A draft to be launched. Without a key each request launches another experiment. */
export const LaunchRequest = ExperimentDraft.extend({ launchKey: LaunchKey.optional() })
export type LaunchRequest = z.infer<typeof LaunchRequest>
