import { readFile } from 'node:fs/promises'

/** How many processes the system's out-of-memory killer has ended so far; 0 where that cannot be read. */
export const memoryKills = async (): Promise<number> => {
  const [machine, group] = await Promise.all([
    countIn('/proc/vmstat'),
    countIn('/sys/fs/cgroup/memory.events'),
  ])
  return machine + group
}

const countIn = async (path: string): Promise<number> => {
  try {
    const text = await readFile(path, 'utf8')
    return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0)
  } catch {
    return 0
  }
}
