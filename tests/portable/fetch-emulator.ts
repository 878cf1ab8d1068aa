import fs from 'node:fs'
import path from 'node:path'
import { whenOver } from '../torture/when-over.ts'
import { NotHere } from './row.ts'
import { runProgram } from './run-program.ts'

export interface Emulator {
  program: string
  /** What it starts finds its loader and libraries below this folder. */
  root: string
  version: string
}

const packages = ['qemu-user-static:amd64', 'libc6:arm64', 'libstdc++6:arm64', 'libgcc-s1:arm64']
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/**
 * Debian's QEMU for arm64 with the three libraries that Node needs, unpacked in the cache folder. apt reads the machine's
 * Debian archives but works in folders of its own: the machine's packages and its architectures stay as they are.
 * Rejects with NotHere.
 */
export async function fetchEmulator(cache: string): Promise<Emulator> {
  const folder = path.join(cache, 'arm64-emulator')
  const program = path.join(folder, 'usr', 'bin', 'qemu-aarch64-static')
  if (!fs.existsSync(program)) await fetchInto(cache, folder)
  const said = await runProgram(program, ['--version'])
  return { program, root: folder, version: /version ([\d.]+)/.exec(said)?.[1] ?? 'of unknown version' }
}

async function fetchInto(cache: string, folder: string): Promise<void> {
  const draft = path.join(cache, `draft-${process.pid}-emulator`)
  const [debs, unpacked] = [path.join(draft, 'debs'), path.join(draft, 'root')]
  fs.mkdirSync(debs, { recursive: true })
  fs.mkdirSync(unpacked)
  const drop = whenOver(() => fs.rmSync(draft, { recursive: true, force: true }))
  try {
    const variables = { APT_CONFIG: await configureApt(draft) }
    await runProgram('apt-get', ['update', '-q'], { variables })
    await runProgram('apt-get', ['download', '-q', ...packages], { cwd: debs, variables })
    for (const name of fs.readdirSync(debs))
      await runProgram('dpkg-deb', ['-x', path.join(debs, name), unpacked])
    fs.rmSync(folder, { recursive: true, force: true })
    fs.renameSync(unpacked, folder)
  } finally {
    drop()
  }
}

/** Writes a configuration under which apt has both architectures, no installed package and its own lists. */
async function configureApt(draft: string): Promise<string> {
  const folder = path.join(draft, 'apt')
  for (const part of ['state/lists/partial', 'cache/archives/partial', 'parts'])
    fs.mkdirSync(path.join(folder, part), { recursive: true })
  fs.writeFileSync(path.join(folder, 'status'), '')
  fs.writeFileSync(path.join(folder, 'sources.list'), (await debianArchives()).join('\n'))
  const file = path.join(folder, 'apt.conf')
  const parts = path.join(folder, 'parts')
  const settings = [
    'APT::Architecture "amd64";',
    'APT::Architectures { "amd64"; "arm64"; };',
    // Root may fetch into a folder that apt's own user cannot read.
    'APT::Sandbox::User "root";',
    'Acquire::Languages "none";',
    `Dir::State "${folder}/state";`,
    `Dir::State::status "${folder}/status";`,
    `Dir::Cache "${folder}/cache";`,
    `Dir::Etc::sourcelist "${folder}/sources.list";`,
    ...['sourceparts', 'parts', 'preferencesparts'].map((name) => `Dir::Etc::${name} "${parts}";`),
  ]
  fs.writeFileSync(file, `${settings.join('\n')}\n`)
  return file
}

/** The archives of Debian that this machine uses, as lines of a sources.list. */
async function debianArchives(): Promise<string[]> {
  const format = '$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)'
  const targets = await runProgram('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])
  const signed = fs.existsSync(keyring) ? ` signed-by=${keyring}` : ''
  const lines = targets.split('\n').flatMap((line) => {
    const [uri = '', release = '', component = '', origin = ''] = line.split('|')
    // Before the first update apt does not know whose an archive is; its address tells.
    const isDebian = origin === 'Debian' || (!origin.match(/^\w/) && /\/debian(-security)?\/?$/.test(uri))
    return isDebian ? [`deb [arch=amd64,arm64${signed}] ${uri} ${release} ${component}`] : []
  })
  if (lines.length === 0) throw new NotHere('apt knows no archive of Debian here')
  return [...new Set(lines), '']
}
