import { Method } from '../../../core/contracts/arm.ts'
import { usualEngine } from '../../../core/engines/registry.ts'
import { EngineName } from '../../../core/contracts/protocol.ts'
import { dataOrder } from './data-names.ts'
import { MOST_ARMS } from './arms/method-fields.ts'
import { methodParameters, readMethodParameters } from './arms/methods-address.ts'
import { marginKeys } from './form-state.ts'
import type { FormState, NetworkFields } from './form-state.ts'
import { launchParameter } from './launch-key.ts'
import { presetState } from './presets.ts'

const networkKeys = [
  'hidden',
  'dropout',
  'steps',
  'batchSize',
  'learningRate',
  'schedule',
  'milestones',
  'factor',
  'warmUpSteps',
  'optimizer',
  'momentum',
  'beta1',
  'beta2',
  'epsilon',
  'weightDecay',
  'clipNorm',
  'earlyStop',
  'everySteps',
  'patience',
] as const satisfies readonly (keyof NetworkFields)[]

/** The form as an address: the settings it started from, and what differs from them. Survives reload, can be sent. */
export function toAddress(form: FormState): URLSearchParams {
  const start = presetState(form.from)
  const address = new URLSearchParams({ from: form.from })
  const set = (key: string, value: string, usual: string): void => {
    if (value !== usual) address.set(key, value)
  }
  if (form.question !== null) address.set('question', form.question)
  set('data', form.data, start.data)
  set('labels', form.labels, start.labels)
  set('subset', form.subset, start.subset)
  for (const who of ['teacher', 'student'] as const) {
    for (const key of networkKeys) set(`${who}.${key}`, form[who][key], start[who][key])
  }
  const usual = new Map(methodParameters(start.methods))
  for (const [key, value] of methodParameters(form.methods)) set(key, value, usual.get(key) ?? '')
  if (form.others.length > 0) address.set('others', JSON.stringify(form.others))
  set('seeds', form.seeds, start.seeds)
  set('after', form.after, start.after)
  set('looks', form.looks, start.looks)
  set('firstSeed', form.firstSeed, start.firstSeed)
  set('teacherSeed', form.teacherSeed, start.teacherSeed)
  if (form.engine !== null) address.set('engine', form.engine)
  set('alpha', form.alpha, start.alpha)
  set('metric', form.primaryMetric, start.primaryMetric)
  set('margin', form.margin, start.margin)
  for (const key of marginKeys) set(`margins.${key}`, form.margins[key], start.margins[key])
  set('spread', form.spread, start.spread)
  return address
}

/** What an address holds: the form, and the parameters in it whose name or value is not understood. */
export interface AddressReading {
  form: FormState
  dropped: string[]
}

/** Longer than any field needs. */
const longest = 1000

/** Reads `toAddress` back; what is missing or not understood keeps the value it started from, and is named. */
export function readAddress(address: URLSearchParams): AddressReading {
  // The last is a name that no server passes on to its pages.
  const known = new Set([launchParameter, '__proto__'])
  const read = (key: string): string | null => {
    known.add(key)
    // Of two nobody knows which is meant.
    return address.getAll(key).length > 1 ? null : address.get(key)
  }
  const start = presetState(read('from'))
  const dropped = new Set<string>()
  if (address.has('from') && read('from') !== start.from) dropped.add('from')
  const text = (key: string, usual: string): string => {
    const found = read(key)
    if (found !== null && found.length > longest) dropped.add(key)
    return found === null || found.length > longest ? usual : found
  }
  const choice = <Value extends string>(key: string, usual: Value, values: readonly Value[]): Value => {
    const found = read(key)
    const chosen = values.find((value) => value === found)
    if (found !== null && chosen === undefined) dropped.add(key)
    return chosen ?? usual
  }
  const asked = read('engine')
  // "auto", as the settings of a server and the API name it, is the portable engine always.
  const engine = EngineName.safeParse(asked === 'auto' ? usualEngine : asked)
  if (address.has('engine') && !engine.success) dropped.add('engine')
  const others = readOthers(read('others'))
  if (others === null) dropped.add('others')
  const network = (who: 'teacher' | 'student'): NetworkFields => ({
    hidden: text(`${who}.hidden`, start[who].hidden),
    dropout: text(`${who}.dropout`, start[who].dropout),
    steps: text(`${who}.steps`, start[who].steps),
    batchSize: text(`${who}.batchSize`, start[who].batchSize),
    learningRate: text(`${who}.learningRate`, start[who].learningRate),
    schedule: choice(`${who}.schedule`, start[who].schedule, ['constant', 'cosine', 'step']),
    milestones: text(`${who}.milestones`, start[who].milestones),
    factor: text(`${who}.factor`, start[who].factor),
    warmUpSteps: text(`${who}.warmUpSteps`, start[who].warmUpSteps),
    optimizer: choice(`${who}.optimizer`, start[who].optimizer, ['adam', 'sgd', 'nesterov']),
    momentum: text(`${who}.momentum`, start[who].momentum),
    beta1: text(`${who}.beta1`, start[who].beta1),
    beta2: text(`${who}.beta2`, start[who].beta2),
    epsilon: text(`${who}.epsilon`, start[who].epsilon),
    weightDecay: text(`${who}.weightDecay`, start[who].weightDecay),
    clipNorm: text(`${who}.clipNorm`, start[who].clipNorm),
    earlyStop: choice(`${who}.earlyStop`, start[who].earlyStop, ['off', 'accuracy', 'nll']),
    everySteps: text(`${who}.everySteps`, start[who].everySteps),
    patience: text(`${who}.patience`, start[who].patience),
  })
  const methods = readMethodParameters(start.methods, { read, text, drop: (key) => void dropped.add(key) })
  const form: FormState = {
    from: start.from,
    question: read('question'),
    data: choice('data', start.data, dataOrder),
    labels: text('labels', start.labels),
    subset: choice('subset', start.subset, ['per-seed', 'fixed']),
    teacher: network('teacher'),
    student: network('student'),
    methods,
    others: others ?? [],
    seeds: text('seeds', start.seeds),
    after: choice('after', start.after, ['one-look', 'extension', 'until-decided']),
    looks: text('looks', start.looks),
    firstSeed: text('firstSeed', start.firstSeed),
    teacherSeed: text('teacherSeed', start.teacherSeed),
    engine: engine.data ?? null,
    alpha: text('alpha', start.alpha),
    primaryMetric: choice('metric', start.primaryMetric, ['accuracy', 'nll']),
    margin: text('margin', start.margin),
    margins: {
      accuracy: text('margins.accuracy', start.margins.accuracy),
      nll: text('margins.nll', start.margins.nll),
      brier: text('margins.brier', start.margins.brier),
      gap: text('margins.gap', start.margins.gap),
      latency: text('margins.latency', start.margins.latency),
      teacher: text('margins.teacher', start.margins.teacher),
    },
    spread: text('spread', start.spread),
  }
  for (const key of address.keys()) if (!known.has(key) || address.getAll(key).length > 1) dropped.add(key)
  return { form, dropped: [...dropped] }
}

/** Arms as the API names them; null for what is no list of them. */
function readOthers(text: string | null): Method[] | null {
  if (text === null) return []
  try {
    const found = Method.array().max(MOST_ARMS).safeParse(JSON.parse(text))
    return found.success ? found.data : null
  } catch {
    return null
  }
}
