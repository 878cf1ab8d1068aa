import type { OpenMethod } from './method.ts'

/** Every setting of a method in words, in a fixed order for methods of one name. */
export const settingWords = ({ listed }: OpenMethod): string[] =>
  listed.map(({ spec, value }) => spec.word(value))

/**
 * The settings of a method as short text, e.g. "T 4, weight 0.9"; empty where there are none. One that is what another
 * leaves of 1 is not named.
 */
export function settingsText({ listed }: OpenMethod): string {
  return listed
    .filter(({ spec, value }) => {
      const whole = listed.find(({ key }) => key === spec.restOf)
      return whole === undefined || Math.abs(whole.value + value - 1) >= 1e-12
    })
    .map(({ spec, value }) => spec.word(value))
    .join(', ')
}

/** "Soft targets, T 4, weight 0.9" */
export const methodLabel = (method: OpenMethod): string =>
  [method.card.label, settingsText(method)].filter((part) => part !== '').join(', ')

/** What the letters of a formula stand for, with the names that the JSON uses. */
export function protocolText({ card, stored }: OpenMethod): string {
  const [plain, explained] = [false, true].map((asked) =>
    stored
      .filter(({ spec }) => (spec.explained !== undefined) === asked)
      .map(({ key, spec, value }) => {
        const said = [key, spec.symbol, value].filter((part) => part !== undefined).join(' ')
        return spec.explained === undefined ? said : `${said}: ${spec.explained}`
      }),
  )
  const { before, after } = card.remark ?? {}
  return [before, plain?.join(', '), ...(explained ?? []), after].filter(Boolean).join('; ')
}
