import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a page of another origin sent this: browsers say so in headers that a page cannot change. Programs that are
 * no browsers send neither.
 */
export function isForeign({ origin, host, ...headers }: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return origin !== undefined && hostOf(origin) !== host?.toLowerCase()
}

/** null: a page without an origin (a file, a sandboxed frame), or no origin at all. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

export const foreignText =
  'This request comes from a page of another site, so nothing was done. Open Stillhouse itself and do it there; behind a proxy, pass the Host header on.'
