import { launchKeyPattern } from '../../../core/contracts/launch-key.ts'

/** The parameter of the form's address that holds its launch key. */
export const launchParameter = 'launch'
const bytes = 12

/** A key that nobody else makes. `getRandomValues` is there on plain http too. */
export function newLaunchKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

/** The key of the form at this address; null where it has none, or none that can be one. */
export function readLaunchKey(address: URLSearchParams): string | null {
  const key = address.get(launchParameter)
  return key !== null && launchKeyPattern.test(key) ? key : null
}

/** `address` with the key at its end. */
export function withLaunchKey(address: URLSearchParams, key: string): URLSearchParams {
  const keyed = new URLSearchParams(address)
  keyed.delete(launchParameter)
  keyed.set(launchParameter, key)
  return keyed
}
