/**
 * A seed made of named parts, for streams that must not depend on each other:
 * `createRandom(seedOf('init', 3))` and `createRandom(seedOf('order', 3))` share no draws.
 * The text is JSON, so ('a', 1) and ('a', '1') differ.
 * @throws RangeError for no parts and for numbers that are not safe integers.
 */
export const seedOf = (...parts: readonly (string | number)[]): string => {
  if (parts.length === 0) throw new RangeError('seedOf: at least one part is needed')
  for (const part of parts) {
    if (typeof part === 'number' && !Number.isSafeInteger(part)) {
      throw new RangeError(`seedOf: ${part} is not a safe integer`)
    }
  }
  return JSON.stringify(parts)
}
