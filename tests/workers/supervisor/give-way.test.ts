import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { giveWay } from '../../../workers/protocol/give-way.ts'

test('a process that gives way is nicer than this one, and so is the session that it leads', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  try {
    giveWay(pid)
    expect(getPriority(pid)).toBe(8)
    const group = `/proc/${pid}/autogroup`
    if (existsSync(group)) expect(readFileSync(group, 'utf8')).toMatch(/nice 8\n$/)
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  // It has gone meanwhile: nothing happens.
  giveWay(pid)
})
