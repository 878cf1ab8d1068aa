import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Problem } from './problem.js'

/** Written last: a folder with it holds a whole engine, and may be replaced or removed. */
const label = 'engine.json'

/** Where `npm test` keeps an engine that nobody asked to train with. */
export const forTests = (folder) => `${folder}-for-tests`

/** @returns what was installed there, or null where there is no engine of ours */
export function readLabel(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, label), 'utf8'))
  } catch {
    return null
  }
}

export const writeLabel = (folder, content) =>
  writeFile(join(folder, label), `${JSON.stringify(content, null, 2)}\n`)

/** @throws {Problem} where the folder holds something that is not ours to replace */
export function checkFolder(folder) {
  if (!existsSync(folder) || readLabel(folder) !== null || readdirSync(folder).length === 0) return
  throw new Problem(
    `${folder} holds something else than a native engine and is left alone. Name an empty folder or a new one: STILLHOUSE_NATIVE=FOLDER`,
  )
}

/** A new folder beside `folder`, to work in; those of installations that were killed are removed. */
export async function makePartial(folder) {
  const parent = dirname(folder)
  await mkdir(parent, { recursive: true })
  const mark = `${basename(folder)}.partial-`
  for (const name of await readdir(parent)) {
    if (!name.startsWith(mark) || isAlive(Number(name.slice(mark.length)))) continue
    await rm(join(parent, name), { recursive: true, force: true })
  }
  const partial = join(parent, `${mark}${process.pid}`)
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial)
  return partial
}

/** Puts a whole engine in the place of what was there. */
export async function putInPlace(partial, folder) {
  const old = `${folder}.partial-${process.pid}-old`
  if (existsSync(folder)) await rename(folder, old)
  await rename(partial, folder)
  await rm(old, { recursive: true, force: true })
}

/** @returns whether there was one; @throws {Problem} where the folder holds something else */
export async function removeEngine(folder) {
  if (!existsSync(folder)) return false
  checkFolder(folder)
  await rm(folder, { recursive: true, force: true })
  return true
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
