import http from 'node:http'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readEnv } from '../../../server/platform/env.ts'
import { listen } from '../../../server/platform/listen.ts'

const read = (variables: Record<string, string> = {}) => readEnv({ NODE_ENV: 'test', ...variables })

describe('the settings', () => {
  it('have defaults', () => {
    expect(read()).toMatchObject({
      home: path.resolve('.stillhouse'),
      host: '127.0.0.1',
      port: 3000,
      engine: 'auto',
      memoryLimitBytes: 4096 * 1024 * 1024,
    })
    expect(read().cores).toBeGreaterThanOrEqual(1)
  })

  it.each([
    ['STILLHOUSE_PORT', '70000'],
    ['STILLHOUSE_PORT', 'http'],
    ['STILLHOUSE_CORES', '0'],
    ['STILLHOUSE_CORES', '-1'],
    ['STILLHOUSE_CORES', ''],
    ['STILLHOUSE_CORES', '1.5'],
    ['STILLHOUSE_CORES', 'two'],
    ['STILLHOUSE_ENGINE', 'gpu'],
    ['STILLHOUSE_MEMORY_LIMIT_MB', '0'],
    ['STILLHOUSE_MEMORY_LIMIT_MB', '1GB'],
    ['STILLHOUSE_LOG', 'loud'],
  ])('refuse %s=%s with its name, its value and what to write', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(
      new RegExp(`^${name}=${JSON.stringify(value)} is not valid\\. (It must be|Write|Give) .*\\.$`),
    )
  })

  it('say where a number begins and ends, and both readings of one that may be two', () => {
    expect(() => read({ STILLHOUSE_CORES: '-1' })).toThrow('It must be 1 or more.')
    expect(() => read({ STILLHOUSE_PORT: '70000' })).toThrow('It must be 65535 or less.')
    expect(() => read({ STILLHOUSE_MEMORY_LIMIT_MB: '2.000' })).toThrow('Write 2 or 2000')
  })

  it.each(['2000', '2,000', '2 000', ' 2000 '])('read "%s" as 2000', (text) => {
    expect(read({ STILLHOUSE_PORT: text }).port).toBe(2000)
    expect(read({ STILLHOUSE_MEMORY_LIMIT_MB: text }).memoryLimitBytes).toBe(2000 * 1024 * 1024)
  })
})

describe('listening', () => {
  const servers: http.Server[] = []
  const server = (): http.Server => {
    const made = http.createServer()
    servers.push(made)
    return made
  }

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((one) => new Promise((resolve) => one.close(resolve))))
  })

  it('goes to the next port where one is taken', async () => {
    const first = await listen(server(), '127.0.0.1', 0)
    const second = await listen(server(), '127.0.0.1', first)
    expect(second).toBeGreaterThan(first)
    expect(second).toBeLessThan(first + 50)
  })

  it('says which ports were tried when none is free, up to the last that there is', async () => {
    await listen(server(), '127.0.0.1', 65_535)
    await expect(listen(server(), '127.0.0.1', 65_535)).rejects.toThrow(
      'The port 65535 is taken. Set STILLHOUSE_PORT to a free one.',
    )
    const taken = await listen(server(), '127.0.0.1', 65_534)
    expect(taken).toBe(65_534)
    await expect(listen(server(), '127.0.0.1', 65_534)).rejects.toThrow(
      'The ports 65534 to 65535 are all taken. Set STILLHOUSE_PORT to a free one.',
    )
  })

  it('says so where the address is not one of this machine', async () => {
    await expect(listen(server(), '192.0.2.1', 0)).rejects.toThrow(/192\.0\.2\.1/)
  })
})
