import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** RFC 8785 canonical JSON. Throws TypeError on what JSON cannot hold. */
export function canonicalJson(value: object): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('This value has no canonical JSON.')
  return text
}

export const hashOf = (value: object): string => sha256(canonicalJson(value))
