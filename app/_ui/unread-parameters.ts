import { listed } from './format.ts'

/** Whether a page understands what stands behind a parameter of its address. */
type Understands = (text: string) => boolean

/** Parameters of an address that a page does not understand: it goes on without them and names them. */
export function unreadParameters(
  address: Pick<URLSearchParams, 'getAll'>,
  parameters: Readonly<Record<string, Understands>>,
): string[] {
  return Object.entries(parameters).flatMap(([name, understands]) => {
    const found = address.getAll(name)
    return found.length > 1 || !found.every(understands) ? [name] : []
  })
}

const mostNamed = 8
const longestName = 40

/** "state, sort and open", however many and long: an address is written by anybody. */
export function parameterNames(names: readonly string[]): string {
  const shown = names
    .slice(0, mostNamed)
    .map((name) => (name.length > longestName ? `${name.slice(0, longestName)}…` : name))
  return listed(names.length > mostNamed ? [...shown, `${names.length - mostNamed} more`] : shown)
}

export const oneOf =
  (values: readonly string[]): Understands =>
  (text) =>
    values.includes(text)

/** A list with commas, which may be empty. */
export const someOf =
  (values: readonly string[]): Understands =>
  (text) =>
    text === '' || text.split(',').every((part) => values.includes(part))
