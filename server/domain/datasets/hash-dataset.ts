import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../../../core/data/canonical-json.ts'
import { addFile } from '../../platform/hash.ts'
import { datasetFiles, metaFile } from './dataset-files.ts'

/** SHA-256 of a prepared data set as it now lies on disk. Throws where meta.json, or a file, cannot be read. */
export function hashDataset(folder: string): string {
  const text = fs.readFileSync(path.join(folder, metaFile), 'utf8')
  const {
    hash: _recorded,
    files: _single,
    ...facts
  } = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  const hash = createHash('sha256').update(canonicalJson(facts))
  for (const name of datasetFiles) {
    const file = path.join(folder, name)
    if (!fs.existsSync(file)) continue
    hash.update(`\n${name}\n`)
    addFile(hash, file)
  }
  return hash.digest('hex')
}
