import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import type { WorkerGateway } from '../../../workers/protocol/gateway-messages.ts'
import { createIpcGateway } from '../../../workers/supervisor/ipc-gateway.ts'

let server: ChildProcess
const heard: string[] = []

const connect = (answerMs = 60_000): WorkerGateway => {
  server = fork(new URL('scripted-server.js', import.meta.url), [], { execArgv: [] })
  heard.length = 0
  return createIpcGateway(server, {
    answerMs,
    onWake: () => heard.push('wake'),
    onShutdown: () => heard.push('shutdown'),
  })
}

const finish = (gateway: WorkerGateway, attemptId: string): Promise<{ accepted: boolean }> =>
  gateway.finish({ attemptId, outcome: { type: 'cancelled' } })

afterEach(async () => {
  if (server.exitCode !== null) return
  server.kill()
  await once(server, 'exit')
})

describe('createIpcGateway', () => {
  it('gives each caller its own answer, in whatever order they come', async () => {
    const gateway = connect()
    const answers = await Promise.allSettled([
      finish(gateway, 'refuse'),
      finish(gateway, 'accept'),
      finish(gateway, 'refuse'),
    ])
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'fulfilled', 'rejected'])
  })

  it('rejects with the code and text of a refusal', async () => {
    await expect(finish(connect(), 'refuse')).rejects.toMatchObject({
      name: 'GatewayRefusal',
      code: 'conflict',
      message: 'The attempt is over.',
    })
  })

  it('does not pass on an answer of the wrong shape', async () => {
    await expect(finish(connect(), 'nonsense')).rejects.toThrow(/accepted/)
  })

  it('rejects when no answer comes in time', async () => {
    await expect(finish(connect(300), 'silent')).rejects.toThrow('did not answer "finish" within 300 ms')
  })

  it('rejects every open call when the server is gone, and each later one', async () => {
    const gateway = connect()
    const open = finish(gateway, 'silent')
    const [first, second] = await Promise.allSettled([open, finish(gateway, 'leave')])
    expect([first?.status, second?.status]).toEqual(['rejected', 'rejected'])
    await expect(open).rejects.toThrow('The server is gone.')
    await expect(finish(gateway, 'accept')).rejects.toThrow('The server is gone.')
  })

  it('hears wake and shutdown, and gets over a message that it does not know', async () => {
    await finish(connect(), 'wake')
    expect(heard).toEqual(['wake', 'shutdown'])
  })
})
