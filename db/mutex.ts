export interface Mutex {
  /** Runs `work` after everything that was handed in before it has ended. */
  run<T>(work: () => Promise<T>): Promise<T>
}

export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run: (work) => {
      const next = last.then(work, work)
      last = next.catch(() => undefined)
      return next
    },
  }
}
