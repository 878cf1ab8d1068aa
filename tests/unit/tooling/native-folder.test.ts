import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { trainerEnvironment } from '../../../workers/protocol/trainer-environment.ts'
import { nativeFolder } from '../../../workers/trainer/engine/native-folder.js'

describe('the folder of the native engine', () => {
  it('is what STILLHOUSE_NATIVE says, else in the cache of this user', () => {
    expect(nativeFolder({ STILLHOUSE_NATIVE: '/opt/native', XDG_CACHE_HOME: '/cache' })).toBe('/opt/native')
    expect(nativeFolder({ STILLHOUSE_NATIVE: 'here' })).toBe(path.resolve('here'))
    expect(nativeFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/stillhouse/native-engine')
    const usual = path.join(os.homedir(), '.cache/stillhouse/native-engine')
    expect(nativeFolder({})).toBe(usual)
    expect(nativeFolder({ STILLHOUSE_NATIVE: '', XDG_CACHE_HOME: 'not/absolute' })).toBe(usual)
  })

  it('is the same for a trainer, which sees little of the environment', () => {
    for (const variables of [
      { STILLHOUSE_NATIVE: '/opt/native', SECRET: 'x' },
      { XDG_CACHE_HOME: '/cache' },
      {},
    ])
      expect(nativeFolder(trainerEnvironment(variables, 'auto'))).toBe(nativeFolder(variables))
  })
})
