import { rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { Problem } from './problem.js'
import { lastLines, run } from './run.js'

/** Installs the packages that the lockfile names, without running anything of theirs. */
export async function installPackages(folder, { env, signal }) {
  const { code, output } = await run(
    'npm',
    ['ci', '--prefix', folder, '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'],
    { cwd: folder, env, signal, limitMs: 1_800_000 },
  )
  if (code === 0) return
  throw new Problem(
    code === 'ENOENT'
      ? 'npm is not on the PATH. It comes with Node.'
      : `npm could not install @tensorflow/tfjs-node (${code}):\n${lastLines(output)}\n  Is npm's registry reachable?`,
  )
}

/**
 * tfjs-node's own install script: downloads TensorFlow's C library and a ready-made addon. It fails at once where their
 * host is blocked; one that drops packets is given up after `limitMs`.
 * @returns whether it came to an end; what it left behind otherwise is gone
 */
export async function tryOwnWay(packageFolder, { env, signal, limitMs }) {
  const PATH = [join(packageFolder, '..', '..', '.bin'), env.PATH].join(delimiter)
  const { code } = await run(process.execPath, [join('scripts', 'install.js')], {
    cwd: packageFolder,
    env: { ...env, PATH },
    signal,
    limitMs,
  })
  if (code === 0) return true
  for (const name of ['deps', 'lib']) await rm(join(packageFolder, name), { recursive: true, force: true })
  return false
}
