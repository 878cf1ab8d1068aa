import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { canonicalJson } from '../../platform/hash.ts'
import { datasetFiles } from './dataset-files.ts'

/** SHA-256 of a prepared data set as it now lies on disk. Rejects where meta.json cannot be read. */
export async function hashDataset(folder: string): Promise<string> {
  const text = await fs.promises.readFile(path.join(folder, 'meta.json'), 'utf8')
  const { hash: _recorded, ...facts } = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  const hash = createHash('sha256').update(canonicalJson(facts))
  for (const name of datasetFiles) {
    const file = path.join(folder, name)
    if (!fs.existsSync(file)) continue
    hash.update(`\n${name}\n`)
    await pipeline(fs.createReadStream(file), hash, { end: false })
  }
  return hash.digest('hex')
}
