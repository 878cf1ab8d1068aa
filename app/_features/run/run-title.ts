import type { RunPage } from '../../../core/contracts/views.ts'

/** "Soft targets, seed 12". */
export function runTitle(page: Pick<RunPage, 'arm' | 'seed'>): string {
  return `${page.arm.label}, seed ${page.seed}`
}
