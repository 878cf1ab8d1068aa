/** One platform: what it trained, why it was not tried, or what its training broke with. `npm run verify:portable -- --json` prints { rows }. */
export interface PortableRow {
  /** What --only takes, e.g. `x64-22-baseline`. */
  id: string
  /** e.g. "Linux x64", "Linux arm64, emulated by QEMU 7.2.22" */
  platform: string
  /** e.g. "22.23.5"; null where it was not tried. */
  node: string | null
  /** What is switched off or chosen, in words; empty: nothing. */
  setting: string
  /** SHA-256 over weights and test logits of all trainings; null where they did not come to their end. */
  sha256: string | null
  seconds: number | null
  /** Equal to the first row that was trained; false where its training broke, null where it was not tried. */
  same: boolean | null
  notTried: string | null
  /** What the training broke with. */
  error: string | null
  trainings: Training[]
}

export interface Training {
  arm: string
  seed: number
  weights: string
  testLogits: string
}

/** A way to start Node, and how its row is named. */
export interface Platform {
  id: string
  platform: string
  setting: string
  flags: readonly string[]
  /** The command before the flags: a Node, or an emulator with one. Rejects with NotHere. */
  command(): Promise<{ command: readonly string[]; platform?: string }>
}

/** Something that a row needs cannot be had on this machine; the message says what and why. */
export class NotHere extends Error {
  override name = 'NotHere'
}
