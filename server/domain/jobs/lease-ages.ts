import type { Context } from '../context.ts'

/** Attempt -> `elapsed` of the clock when it was handed out, for each database that this process writes. */
const handedOut = new WeakMap<Context['db'], Map<string, number>>()

function leasesOf({ db }: Context): Map<string, number> {
  const known = handedOut.get(db) ?? new Map<string, number>()
  handedOut.set(db, known)
  return known
}

/** Notes that an attempt begins now. */
export function noteLease(ctx: Context, attemptId: string): void {
  leasesOf(ctx).set(attemptId, ctx.clock.elapsed())
}

/**
 * How long ago attempts were handed out, in ms that have passed: a clock that is set makes no lease older. Leases of an
 * earlier process are voided when this one starts, so that it has handed out all that run. Forgets every other attempt.
 */
export function leaseAges(ctx: Context, running: readonly string[]): Map<string, number> {
  const known = leasesOf(ctx)
  const now = ctx.clock.elapsed()
  const kept = running.map((id) => [id, known.get(id) ?? now] as const)
  handedOut.set(ctx.db, new Map(kept))
  return new Map(kept.map(([id, since]) => [id, now - since]))
}
