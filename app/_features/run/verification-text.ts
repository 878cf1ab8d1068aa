import type { RunPage } from '../../../core/contracts/views.ts'
import { engineCards } from '../../../core/engines/registry.ts'
import { duration } from '../../_ui/format.ts'

const systems: Record<string, string> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }

/** "lab-3, AMD EPYC, Linux x64, Node 22.11", and the engine's version where the run was planned for another. */
export function machineText(
  { machine, engine }: RunPage['verifications'][number],
  planned: RunPage['spec']['engine'],
): string {
  const { host, processor, platform, arch, node } = machine
  const version = /^v?(\d+\.\d+)/.exec(node)?.[1] ?? node
  return `${host}, ${processor}, ${systems[platform] ?? platform} ${arch}, Node ${version}${engine.version === planned.version ? '' : `, with ${engine.version}`}`
}

/** What the command does, how long that takes, and what this engine promises. */
export function promiseText({ spec, trainedMs }: Pick<RunPage, 'spec' | 'trainedMs'>): string {
  const time = trainedMs === null ? '' : `, in about ${duration(trainedMs)},`
  const does = `Trains this run once more${time} and compares weights and test logits bit for bit.`
  const { engine, only } = engineCards[spec.engine.name].promise
  return `${does} ${engine} gives the same bits ${only ?? 'on any machine'}.`
}
