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
    origin: "the teacher's argmax",
    role: 'distillation',
    needsTeacher: true,
    usesUnlabelled: true,
  },
}

/** 0.9 -> "0.9", 4 -> "4": a setting as people write it. */
const figure = (value: number): string => String(value)

/** The settings of a method as short text, e.g. "T 4, weight 0.9"; empty where there are none. */
export function methodSettings(method: Method): string {
  switch (method.name) {
    case 'scratch':
      return ''
    case 'label-smoothing':
      return `ε ${figure(method.smoothing)}`
    case 'soft-targets':
      return `T ${figure(method.temperature)}, weight ${figure(method.softTargetWeight)}`
    case 'soft-targets-unlabelled':
    case 'hard-labels-unlabelled':
      return `T ${figure(method.temperature)}, weight ${figure(method.softTargetWeight)}, ${Math.round(method.unlabelledShare * 100)} % of a batch unlabelled`
  }
}

/** Numbers in a slug: 0.9 -> "0p9", so that ids stay [a-z0-9-]. */
const slugNumber = (value: number): string =>
  String(value)
    .replace('.', 'p')
    .replace(/[^0-9a-z]/g, '')

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

/** Labels, details and palette slots of the arms, the teacher first. */
export function describeArms(arms: readonly Arm[], teacherLabel: string): ArmView[] {
  let slot = 0
  const described = arms.map((arm): ArmView => {
    const entry = methodCatalogue[arm.method.name]
    const settings = methodSettings(arm.method)
    const shared = arms.filter((other) => other.method.name === arm.method.name).length > 1
    if (arm.role !== 'control') slot += 1
    return {
      id: arm.id,
      role: arm.role,
      method: arm.method.name,
      label: shared && settings !== '' ? `${entry.label}, ${settings}` : entry.label,
      detail: settings === '' ? entry.origin : `${entry.origin} · ${settings}`,
      slot: arm.role === 'control' ? null : slot,
    }
  })
  return [
    { id: 'teacher', role: 'teacher', method: 'teacher', label: 'Teacher', detail: teacherLabel, slot: null },
    ...described,
  ]
}
