import type { AppRouter } from '../../server/api/trpc/router.ts'

/** Calls the API's procedures inside the server, without HTTP. */
export type ServerCaller = ReturnType<AppRouter['createCaller']>

/** What the server process offers to the pages. */
export interface Services {
  caller: ServerCaller
  /** Logs why a page could not be built, under the number that its reader sees. */
  pageFailed(error: unknown, at: { path: string; digest: string | null }): void
}

/**
 * The services of the server process that renders this page. Next bundles its own copy of whatever `app/` imports,
 * so the running ones are handed over on globalThis, and the API is imported as types only.
 * Throws when the pages run without the Stillhouse server around them.
 */
export function services(): Services {
  const found: unknown = Reflect.get(globalThis, Symbol.for('stillhouse.services'))
  if (!isServices(found)) {
    throw new Error('The pages need the Stillhouse server around them. Start it with `npm start`.')
  }
  return found
}

/** Trusts server/main.ts, the only writer of that symbol, for their shapes. */
function isServices(value: unknown): value is Services {
  return typeof value === 'object' && value !== null && 'caller' in value && 'pageFailed' in value
}
