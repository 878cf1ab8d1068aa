/** The entries that were used last; what is more is forgotten. */
export interface Recent<Key, Value> {
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
  delete(key: Key): void
}

/** @param most entries that are kept */
export function createRecent<Key, Value>(most: number): Recent<Key, Value> {
  // A map keeps the order in which its keys were set: the first is the one not used for longest.
  const kept = new Map<Key, Value>()
  return {
    get: (key) => {
      const value = kept.get(key)
      if (value === undefined) return undefined
      kept.delete(key)
      kept.set(key, value)
      return value
    },
    set: (key, value) => {
      kept.delete(key)
      kept.set(key, value)
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break
        kept.delete(oldest)
      }
    },
    delete: (key) => void kept.delete(key),
  }
}
