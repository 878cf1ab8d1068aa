import { oneof, record } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { Method } from '../../core/contracts/arm.ts'
import type { FieldSpec } from '../../core/methods/field.ts'
import { methods } from '../../core/methods/registry.ts'

/** Methods of the registry that have settings, with any of those that `valueOf` gives. */
export const arbitraryMethod = (valueOf: (spec: FieldSpec) => Arbitrary<number>): Arbitrary<Method> =>
  oneof(
    ...methods
      .filter(({ stored }) => stored.length > 0)
      .map(({ name, stored }) =>
        record(Object.fromEntries(stored.map(({ key, spec }) => [key, valueOf(spec)] as const))).map(
          (settings) => Method.parse({ name, ...settings }),
        ),
      ),
  )
