import type { RunSpec } from '../../../core/contracts/run.ts'
import { labelledSubset } from '../../../core/data/labelled-subset.ts'
import { formatCount } from '../../../core/text/format-number.ts'
import { counted } from '../../../core/text/grammar.ts'
import type { NetworkGraph } from '../../../core/networks/graph.ts'
import { networkGraph } from '../../../core/networks/registry.ts'
import type { TrainRequest } from '../../../core/contracts/work-request.ts'
import { batchShape, type BatchShape } from '../../../core/planning/batch-shape.ts'
import { openMethod } from '../../../core/methods/registry.ts'
import { readArray } from './dataset.ts'
import type { Dataset, DatasetReader, SplitName } from './dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { TrainerFailure } from '../failure.ts'
import { allFinite, allIndices } from '../evaluate/predict.ts'

export interface PreparedRun {
  spec: RunSpec
  dataset: Dataset
  /** Training indices whose labels the run may read. */
  labelled: Int32Array
  /** Training indices drawn without their labels; empty where the method uses none. */
  unlabelled: Int32Array
  shape: BatchShape
  teacherLogits: Record<SplitName, Float32Array> | null
  graph: NetworkGraph
}

/** `subset: fixed`: the seed of the one subset that all seeds share. */
const fixedSubsetSeed = 0

/** The labelled examples of a run; all training examples, in their order, where the spec limits nothing. */
export function labelledExamples(spec: RunSpec, dataset: Dataset): Int32Array {
  const { labels, count } = dataset.train
  if (spec.labels === null) return allIndices(count)
  if (spec.labels.perSeed > count)
    throw new TrainerFailure(
      'bad-input',
      `${formatCount(spec.labels.perSeed)} labels were asked for, but the training set has ${counted(count, 'example')}. Ask for fewer labels.`,
    )
  const seed = spec.labels.subset === 'fixed' ? fixedSubsetSeed : spec.seed
  return labelledSubset(labels, dataset.meta.classes, spec.labels.perSeed, seed)
}

function unlabelledExamples(count: number, labelled: Int32Array): Int32Array {
  const taken = new Uint8Array(count)
  for (const index of labelled) taken[index] = 1
  return allIndices(count).filter((index) => taken[index] === 0)
}

async function readTeacherLogits(
  paths: TrainRequest['teacherLogits'],
  { meta }: Dataset,
): Promise<PreparedRun['teacherLogits']> {
  if (!paths) return null
  const train = await readArray(paths.train, 'float32', [meta.train, meta.classes])
  const validation = await readArray(paths.validation, 'float32', [meta.validation, meta.classes])
  const test = await readArray(paths.test, 'float32', [meta.test, meta.classes])
  for (const [path, logits] of [
    [paths.train, train],
    [paths.validation, validation],
    [paths.test, test],
  ] as const)
    if (!allFinite(logits))
      throw new TrainerFailure(
        'bad-input',
        `${path} holds numbers that are not finite. Train the teacher again.`,
      )
  return { train, validation, test }
}

/** Reads all that a run needs and checks it. Fails with `bad-input` and a text that says what to change. */
export async function prepareRun(
  request: TrainRequest,
  engine: Engine,
  readDataset: DatasetReader,
): Promise<PreparedRun> {
  const { spec } = request
  const { network, method } = spec
  if (spec.engine.name !== engine.name)
    throw new TrainerFailure(
      'bad-input',
      `The run was planned for the ${spec.engine.name} engine, this worker has ${engine.name}. Start it with STILLHOUSE_ENGINE=${spec.engine.name}.`,
    )
  const dataset = await readDataset(request.dataset, spec.data)
  const teacherLogits = await readTeacherLogits(request.teacherLogits, dataset)
  if (openMethod(method).card.needs.teacher !== 'none' && !teacherLogits)
    throw new TrainerFailure(
      'bad-input',
      `${spec.armId} learns from a teacher, but no teacher logits were given.`,
    )
  const labelled = labelledExamples(spec, dataset)
  const shape = batchShape(method, spec.training.batchSize, labelled.length)
  const usesUnlabelled = shape.labelled < shape.size
  const unlabelled = usesUnlabelled ? unlabelledExamples(dataset.train.count, labelled) : new Int32Array(0)
  if (usesUnlabelled && unlabelled.length === 0)
    throw new TrainerFailure(
      'bad-input',
      `${spec.armId} needs unlabelled training examples, but all ${labelled.length} are labelled. Use fewer labels or leave the arm out.`,
    )
  return {
    spec,
    dataset,
    labelled,
    unlabelled,
    shape,
    teacherLogits,
    graph: networkGraph(network, dataset.meta),
  }
}
