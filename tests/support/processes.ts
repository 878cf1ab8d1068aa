import { execFileSync } from 'node:child_process'

interface Process {
  pid: number
  parent: number
  command: string
}

function processes(): Process[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command: command ?? '' }]
    })
}

/** Every living process below `pid` whose command names `room`, e.g. "workers/trainer" or "dist/trainer". */
export function descendants(pid: number, room: string): Process[] {
  const all = processes()
  const found: Process[] = []
  let parents = new Set([pid])
  while (parents.size > 0) {
    const children = all.filter((one) => parents.has(one.parent))
    found.push(...children)
    parents = new Set(children.map((one) => one.pid))
  }
  return found.filter((one) => one.command.includes(room))
}

export function isAlive(pid: number): boolean {
  return processes().some((one) => one.pid === pid && !one.command.includes('<defunct>'))
}
