import fs from 'node:fs'
import path from 'node:path'
import { whenOver } from '../torture/when-over.ts'
import { NotHere } from './row.ts'
import { runProgram } from './run-program.ts'

export type Arch = 'x64' | 'arm64'

const pending = new Map<string, Promise<string>>()

/** The newest Node `major` for Linux that npm has, unpacked in the cache folder. Rejects with NotHere. */
export function fetchNode(cache: string, arch: Arch, major: number): Promise<string> {
  const name = `node-linux-${arch}`
  const folder = path.join(cache, `${name}-${major}`)
  const known = pending.get(folder) ?? fetchInto(cache, folder, `${name}@${major}`)
  pending.set(folder, known)
  return known
}

async function fetchInto(cache: string, folder: string, spec: string): Promise<string> {
  const program = path.join(folder, 'package', 'bin', 'node')
  if (fs.existsSync(program)) return program
  const draft = path.join(cache, `draft-${process.pid}-${spec}`)
  fs.mkdirSync(draft, { recursive: true })
  const drop = whenOver(() => fs.rmSync(draft, { recursive: true, force: true }))
  try {
    // npm holds what it downloads against the SHA-512 that its registry names.
    const said = await runProgram('npm', ['pack', spec, '--silent', '--pack-destination', draft], {
      cwd: draft,
    })
    const archive = said.trim().split('\n').at(-1) ?? ''
    if (!fs.existsSync(path.join(draft, archive)) || archive === '')
      throw new NotHere(`npm pack ${spec} left no file.`)
    await runProgram('tar', ['-xzf', archive, 'package/bin/node', 'package/package.json'], { cwd: draft })
    fs.rmSync(path.join(draft, archive))
    fs.rmSync(folder, { recursive: true, force: true })
    fs.renameSync(draft, folder)
    return program
  } finally {
    drop()
  }
}
