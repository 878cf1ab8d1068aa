import path from 'node:path'
import { cacheFolder } from '../../workers/trainer/engine/native-folder.js'
import { fetchEmulator } from './fetch-emulator.ts'
import { fetchNode, type Arch } from './fetch-node.ts'
import { NotHere, type Platform } from './row.ts'

const majors = [20, 22, 24]

/** What V8 may use beyond the SSE4.1 that WebAssembly's SIMD needs. */
const vectorFlags = ['avx', 'avx2', 'fma3', 'sse4-2', 'bmi1', 'bmi2'].map((name) => `--no-enable-${name}`)

const settings = {
  plain: { setting: '', flags: [] },
  'no-avx': { setting: 'AVX, AVX2, FMA3, SSE4.2, BMI off', flags: vectorFlags },
  baseline: { setting: 'baseline compiler alone', flags: ['--liftoff', '--no-wasm-tier-up'] },
} as const

type Setting = keyof typeof settings

/** The Node that runs this; without anything to fetch. */
export const ownNode = (setting: Setting = 'plain'): Platform => ({
  id: setting === 'plain' ? 'own' : `own-${setting}`,
  platform: `${{ linux: 'Linux', darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? process.platform} ${process.arch}, this Node`,
  ...settings[setting],
  command: async () => {
    if (setting === 'no-avx' && process.arch !== 'x64')
      throw new NotHere(`these are switches of x64, and this machine is ${process.arch}`)
    return { command: [process.execPath] }
  },
})

/** A Node from npm on a machine of its own architecture. */
export const npmNode = (cache: string, major: number, setting: Setting = 'plain'): Platform => ({
  id: `x64-${major}${setting === 'plain' ? '' : `-${setting}`}`,
  platform: 'Linux x64',
  ...settings[setting],
  command: async () => {
    checkHost('x64')
    return { command: [await fetchNode(cache, 'x64', major)] }
  },
})

/** A Node for arm64 from npm, under emulation where this machine is another one. */
const arm64Node = (cache: string, major: number): Platform => ({
  id: `arm64-${major}`,
  platform: 'Linux arm64',
  ...settings.plain,
  command: async () => {
    if (process.arch === 'arm64') {
      checkHost('arm64')
      return { command: [await fetchNode(cache, 'arm64', major)] }
    }
    checkHost('x64')
    const emulator = await fetchEmulator(cache)
    return {
      command: [emulator.program, '-L', emulator.root, await fetchNode(cache, 'arm64', major)],
      platform: `Linux arm64, emulated by QEMU ${emulator.version}`,
    }
  },
})

function checkHost(arch: Arch): void {
  if (process.platform !== 'linux' || process.arch !== arch)
    throw new NotHere(`it needs Linux on ${arch}, and this is ${process.platform} on ${process.arch}`)
}

/** All that `npm run verify:portable` tries, the slow ones last. */
export const allPlatforms = (cache: string): Platform[] => [
  ownNode(),
  ...(Object.keys(settings) as Setting[]).flatMap((setting) =>
    majors.map((major) => npmNode(cache, major, setting)),
  ),
  ...majors.map((major) => arm64Node(cache, major)),
]

/** Downloads stay here. */
export const portableCache = (variables: NodeJS.ProcessEnv): string =>
  path.join(cacheFolder(variables), 'portable')
