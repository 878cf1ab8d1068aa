import { Method } from '../../core/contracts/arm.ts'
import type { FieldSpec } from '../../core/methods/field.ts'
import { methods, openMethod } from '../../core/methods/registry.ts'

/** Three values of a setting, the usual one first. */
function valuesOf({ starts: [usual], range, weighsTheTeacher }: FieldSpec): [number, number, number] {
  if (range.unit === 'weight') return weighsTheTeacher ? [usual, 3, 0.5] : [usual, 0, 0.5]
  return range.unit === 'share' ? [usual, 0.8, 0.2] : [usual, 1, 20]
}

/** Every method of the registry with the usual settings and two others; null is the teacher's own loss. */
export const everyMethod: readonly (Method | null)[] = [
  null,
  ...methods.flatMap(({ name, stored }) =>
    ([0, 1, 2] as const).slice(0, stored.length === 0 ? 1 : 3).map((at) =>
      Method.parse({
        name,
        ...Object.fromEntries(stored.map(({ key, spec }) => [key, valuesOf(spec)[at]])),
      }),
    ),
  ),
]

export const methodTitle = (method: Method | null): string =>
  method === null ? 'teacher' : Object.values(method).map(String).join(' ')

export const takesUnlabelled = (method: Method | null): boolean => openMethod(method).card.needs.unlabelled

export const needsTeacher = (method: Method | null): boolean =>
  openMethod(method).card.needs.teacher !== 'none'
