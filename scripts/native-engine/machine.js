import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { neededBytes } from './pins.js'
import { Problem } from './problem.js'

/** What decides whether TensorFlow's wheel can serve here. */
export function readMachine() {
  const { header } = process.report.getReport()
  return { platform: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime ?? null }
}

/**
 * @param {{platform: string, arch: string, glibc: string | null}} machine glibc: null on other C libraries
 * @throws {Problem} where the wheel's libraries do not run
 */
export function checkMachine({ platform, arch, glibc }) {
  if (platform !== 'linux' || arch !== 'x64')
    throw new Problem(
      `TensorFlow's wheel serves on Linux x86-64 only; this is ${platform} ${arch}, where only npm's own way is left (its download host must be reachable). The portable engine works here: STILLHOUSE_ENGINE=wasm.`,
    )
  if (glibc === null)
    throw new Problem(
      "TensorFlow's libraries need glibc, and this system has another C library (musl, as on Alpine?). Use an image with glibc, such as Debian's, or the portable engine: STILLHOUSE_ENGINE=wasm.",
    )
  const [major = 0, minor = 0] = glibc.split('.').map(Number)
  if (major < 2 || (major === 2 && minor < 17))
    throw new Problem(
      `TensorFlow's libraries need glibc 2.17 or newer, and this system has ${glibc}. Use a newer system, or the portable engine: STILLHOUSE_ENGINE=wasm.`,
    )
}

/** @throws {Problem} where the file system of `folder` has too little room */
export function checkRoom(folder, freeBytes = freeBytesAt(folder)) {
  if (freeBytes >= neededBytes) return
  const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`
  throw new Problem(
    `The native engine needs ${gigabytes(neededBytes)} while it is installed, and there are ${gigabytes(freeBytes)} free at ${folder}. Make room, or name a folder on another disk: STILLHOUSE_NATIVE=FOLDER npm run engine:native.`,
  )
}

function freeBytesAt(folder) {
  if (!existsSync(folder)) return freeBytesAt(dirname(folder))
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
