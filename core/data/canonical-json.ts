import canonicalize from 'canonicalize'

/** RFC 8785 canonical JSON. Throws TypeError on what JSON cannot hold. */
export function canonicalJson(value: object): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('This value has no canonical JSON.')
  return text
}
