import type { ArmRole, Method, MethodName } from '../contracts/arm.ts'
import type { ArmView } from '../contracts/views.ts'
import type { Arm } from '../contracts/arm.ts'

interface MethodEntry {
  label: string
  /** Paper, or what it is for. */
  origin: string
  role: Exclude<ArmRole, 'teacher'>
  needsTeacher: boolean
  usesUnlabelled: boolean
}

/** Every method of this version, in the order in which arms are listed. */
export const methodCatalogue: Record<MethodName, MethodEntry> = {
  scratch: {
    label: 'Control',
    origin: 'same student, no teacher',
    role: 'control',
    needsTeacher: false,
    usesUnlabelled: false,
  },
  'label-smoothing': {
    label: 'Label smoothing',
    origin: 'no teacher',
    role: 'regularisation',
    needsTeacher: false,
    usesUnlabelled: false,
  },
  'soft-targets': {
    label: 'Soft targets',
    origin: 'Hinton 2015',
    role: 'distillation',
    needsTeacher: true,
    usesUnlabelled: false,
  },
  'soft-targets-unlabelled': {
    label: 'Soft targets + unlabelled',
    origin: 'Hinton 2015',
    role: 'distillation',
    needsTeacher: true,
    usesUnlabelled: true,
  },
  'hard-labels-unlabelled': {
    label: 'Hard labels + unlabelled',
    origin: 'argmax on the unlabelled',
    role: 'distillation',
    needsTeacher: true,
    usesUnlabelled: true,
  },
}

/** Every setting of a method in words, in a fixed order for methods of one name. */
function settingWords(method: Method): string[] {
  switch (method.name) {
    case 'scratch':
      return []
    case 'label-smoothing':
      return [`ε ${method.smoothing}`]
    case 'soft-targets':
      return softWords(method)
    case 'soft-targets-unlabelled':
    case 'hard-labels-unlabelled':
      return [...softWords(method), shareWords(method.unlabelledShare)]
  }
}

function softWords(settings: {
  temperature: number
  hardLabelWeight: number
  softTargetWeight: number
}): string[] {
  const { temperature, hardLabelWeight, softTargetWeight } = settings
  return [`T ${temperature}`, `weight ${softTargetWeight}`, labelWeightWords(hardLabelWeight)]
}

function labelWeightWords(weight: number): string {
  return `label weight ${weight}`
}

/** In percent where that says the share exactly: two shares must never read the same. */
function shareWords(share: number): string {
  const percent = Number((share * 100).toPrecision(6))
  return percent / 100 === share ? `${percent} % unlabelled` : `share ${share} unlabelled`
}

/**
 * The settings of a method as short text, e.g. "T 4, weight 0.9"; empty where there are none. The weight of the labels
 * is named where it is not what the weight of the soft targets leaves of 1.
 */
export function methodSettings(method: Method): string {
  const words = settingWords(method)
  if (!('hardLabelWeight' in method)) return words.join(', ')
  const { softTargetWeight, hardLabelWeight } = method
  const usual = Math.abs(softTargetWeight + hardLabelWeight - 1) < 1e-12
  return words.filter((word) => !usual || word !== labelWeightWords(hardLabelWeight)).join(', ')
}

/** A training by its method where nothing is beside it: "Soft targets (T 4, weight 0.9)"; null: the teacher. */
export function trainingLabel(method: Method | null): string {
  if (method === null) return 'Teacher'
  const settings = methodSettings(method)
  return `${methodCatalogue[method.name].label}${settings === '' ? '' : ` (${settings})`}`
}

/**
 * Numbers in a slug: 0.9 -> "0p9", 1e-7 -> "1em7", 1e21 -> "1e21", so that ids stay [a-z0-9-] and distinct numbers
 * stay distinct.
 */
const slugNumber = (value: number): string =>
  String(value).replace('.', 'p').replace('-', 'm').replace('+', '')

/** Every setting of a method as slug parts; the first is the one that names the arm. */
function slugParts(method: Method): string[] {
  switch (method.name) {
    case 'scratch':
      return []
    case 'label-smoothing':
      return [`e${slugNumber(method.smoothing)}`]
    case 'soft-targets':
      return [
        `t${slugNumber(method.temperature)}`,
        `s${slugNumber(method.softTargetWeight)}`,
        `h${slugNumber(method.hardLabelWeight)}`,
      ]
    case 'soft-targets-unlabelled':
    case 'hard-labels-unlabelled':
      return [
        `t${slugNumber(method.temperature)}`,
        `s${slugNumber(method.softTargetWeight)}`,
        `h${slugNumber(method.hardLabelWeight)}`,
        `u${slugNumber(method.unlabelledShare)}`,
      ]
  }
}

/**
 * Arms with ids for a list of methods: the shortest slug that tells a method from the others in the list
 * (`soft-targets-t4`; `soft-targets-t4-s0p5` only beside another one with T 4). Throws RangeError on two equal methods.
 */
export function nameArms(methods: readonly Method[]): Arm[] {
  const candidates = methods.map((method) => {
    const parts = slugParts(method)
    const shortest = method.name === 'scratch' || method.name === 'label-smoothing' ? 0 : 1
    return Array.from({ length: parts.length - Math.min(shortest, parts.length) + 1 }, (_, extra) =>
      [method.name, ...parts.slice(0, shortest + extra)].join('-'),
    )
  })
  return methods.map((method, index) => {
    const own = candidates[index] ?? []
    const id = own.find((slug) => candidates.every((other, at) => at === index || !other.includes(slug)))
    if (id === undefined)
      throw new RangeError(`Two arms are the same: ${method.name} ${methodSettings(method)}.`)
    return { id, role: methodCatalogue[method.name].role, method }
  })
}

/**
 * Labels, details and palette slots of the arms, the teacher first. Arms of one method are told apart by the settings
 * in which they differ ("Soft targets, T 4" beside "Soft targets, T 8"); their details say the rest.
 */
export function describeArms(arms: readonly Arm[], teacherLabel: string): ArmView[] {
  let slot = 0
  const described = arms.map((arm): ArmView => {
    const entry = methodCatalogue[arm.method.name]
    const settings = methodSettings(arm.method)
    const others = arms
      .filter((other) => other.method.name === arm.method.name)
      .map((other) => settingWords(other.method))
    const telling = settingWords(arm.method).filter((word, at) => others.some((words) => words[at] !== word))
    if (arm.role !== 'control') slot += 1
    return {
      id: arm.id,
      role: arm.role,
      method: arm.method.name,
      label: [entry.label, ...telling].join(', '),
      detail: settings === '' ? entry.origin : `${entry.origin} · ${settings}`,
      slot: arm.role === 'control' ? null : slot,
    }
  })
  return [
    { id: 'teacher', role: 'teacher', method: 'teacher', label: 'Teacher', detail: teacherLabel, slot: null },
    ...described,
  ]
}
