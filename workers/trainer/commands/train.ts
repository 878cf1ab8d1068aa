import { bestStepKey } from '../../../core/wording/metric-names.ts'
import type { TrainRequest } from '../../../core/contracts/work-request.ts'
import type { TrainerEvent } from '../../protocol/trainer-messages.ts'
import type { TrainResult } from '../../../core/contracts/work-report.ts'
import type { DatasetReader } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import { trainLoop } from '../loop/loop.ts'
import { buildNetwork } from '../network/build.ts'
import { tensorsOf } from '../network/initialise.ts'
import type { Pacer } from '../loop/pacer.ts'
import { prepareRun } from '../data/prepare-run.ts'
import type { PreparedRun } from '../data/prepare-run.ts'
import { writeArtifacts } from './write-artifacts.ts'

export interface TrainContext {
  engine: Engine
  send: (event: TrainerEvent) => void
  pacer: Pacer
  readDataset: DatasetReader
  checkpointMs: number
}

/** Passes over the labelled examples that `steps` make. */
export const epochsOf = ({ shape, labelled }: PreparedRun, steps: number): number =>
  (steps * shape.labelled) / labelled.length

/**
 * One training from start (or checkpoint) to its artifacts and figures. The test set is predicted once, after the last
 * step that is made, and no figure of it is known before.
 * @param onPrepared told as soon as the run is known, for texts about a failure
 */
export async function train(
  request: TrainRequest,
  context: TrainContext,
  onPrepared: (run: PreparedRun) => void,
): Promise<TrainResult> {
  const { engine, send, pacer, readDataset, checkpointMs } = context
  const { scratch, resumeFrom, spec } = request
  const run = await prepareRun(request, engine, readDataset)
  onPrepared(run)
  if (spec.engine.version !== engine.version)
    send({
      type: 'log',
      level: 'warn',
      text: `Planned for ${spec.engine.version}, trained with ${engine.version}: weights may differ in their last bits.`,
    })
  const network = buildNetwork(engine, run.graph)
  const { facts } = network
  const { values, steps, evaluatedStep, curves } = await trainLoop({
    engine,
    network,
    run,
    scratch,
    resumeFrom,
    checkpointMs,
    send,
    pacer,
  })

  const weights = tensorsOf(engine, facts, values)
  try {
    const evaluation = await evaluate(network, weights, run, evaluatedStep, pacer)
    // With early stopping the curve goes on to the last step made, and the evaluated one mostly stands on it already.
    const points = ['train/accuracy', 'train/nll', 'validation/accuracy', 'validation/nll']
      .filter((key) => !curves.some((point) => point.key === key && point.step === evaluatedStep))
      .map((key) => ({ key, step: evaluatedStep, value: evaluation.figures[key] ?? Number.NaN }))
    if (points.length > 0) send({ type: 'metrics', points })
    const { artifacts, sizeBytes, weightsSha256 } = await writeArtifacts(scratch, run, values, evaluation)
    for (const artifact of artifacts) send({ type: 'artifact', artifact })
    return {
      steps,
      epochs: epochsOf(run, steps),
      parameters: facts.parameters,
      sizeBytes,
      macs: facts.macs,
      weightsSha256,
      figures: spec.training.earlyStop
        ? { ...evaluation.figures, [bestStepKey]: evaluatedStep }
        : evaluation.figures,
    }
  } finally {
    for (const tensor of weights) tensor.dispose()
  }
}
