import { keptWarmMs } from '../../core/timing/kept-warm.ts'

/** How long the supervisor waits for what. The server's own figures (heartbeat, silence) come with `hello`. */
export const timings = {
  /** Reports are collected this long before they are sent: what one step says goes together. More collect under way. */
  flushMs: 2,
  /** … or until there are so many. */
  flushItems: 500,
  /** Resident size and silence are looked at so often. */
  sampleMs: 1000,
  /** A trainer that was asked to cancel answers within this time, or gets SIGTERM. */
  cancelMs: 3000,
  /** From SIGTERM to SIGKILL. */
  killMs: 2000,
  /** A warm trainer without work is closed after this time. */
  idleMs: keptWarmMs,
  /** After a refusal or a lost answer: first wait, doubled up to the longest. */
  backOffMs: 200,
  longestBackOffMs: 5000,
  /** Reports of one attempt that are refused for so long end the attempt. */
  giveUpMs: 60_000,
  /** A call without an answer for so long is taken as lost; all calls can be repeated. */
  answerMs: 30_000,
} as const
