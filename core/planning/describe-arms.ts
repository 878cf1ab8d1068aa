import type { Arm, Method } from '../contracts/arm.ts'
import type { ArmView } from '../contracts/views.ts'
import type { OpenMethod } from '../methods/method.ts'
import { openMethod } from '../methods/registry.ts'
import { settingsText, settingWords } from '../methods/words.ts'

/** A training by its method where nothing is beside it: "Soft targets (T 4, weight 0.9)"; null: the teacher. */
export function trainingLabel(method: Method | null): string {
  if (method === null) return 'Teacher'
  const opened = openMethod(method)
  const settings = settingsText(opened)
  return `${opened.card.label}${settings === '' ? '' : ` (${settings})`}`
}

/**
 * Labels, details and palette slots of the arms, the teacher first. Arms of one method are told apart by the settings
 * in which they differ ("Soft targets, T 4" beside "Soft targets, T 8"); their details say the rest.
 */
export function describeArms(arms: readonly Arm[], teacherLabel: string): ArmView[] {
  let slot = 0
  const described = arms.map((arm): ArmView => {
    const method = openMethod(arm.method)
    const { card } = method
    const settings = settingsText(method)
    const others = arms
      .filter((other) => other.method.name === arm.method.name)
      .map((other) => settingWords(openMethod(other.method)))
    const telling = settingWords(method).map((word, at) => others.some((words) => words[at] !== word))
    if (arm.role !== 'control') slot += 1
    return {
      id: arm.id,
      role: arm.role,
      method: arm.method.name,
      label: [card.label, ...settingWords(method).filter((_, at) => telling[at])].join(', '),
      shorter: shorterLabels(method, telling),
      detail: settings === '' ? card.origin : `${card.origin} · ${settings}`,
      slot: arm.role === 'control' ? null : slot,
    }
  })
  return [
    {
      id: 'teacher',
      role: 'teacher',
      method: 'teacher',
      label: 'Teacher',
      shorter: [],
      detail: teacherLabel,
      slot: null,
    },
    ...described,
  ]
}

/** The label with shorter words; without a name, where the mark tells the method, if it begins with what names the arm. */
function shorterLabels({ card, listed }: OpenMethod, telling: readonly boolean[]): string[] {
  const told = listed.filter((_, at) => telling[at])
  const words = told.map(({ spec, value }) => (spec.shortWord ?? spec.word)(value))
  return card.short
    .filter((name) => name !== '' || told[0]?.spec.namesTheArm === true)
    .map((name) => [name, ...words].filter((part) => part !== '').join(', '))
}
