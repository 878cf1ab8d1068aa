import type { Tf } from './training-ops.ts'

export function requireNative(place: string | URL): Promise<{ tf: Tf; version: string }>
