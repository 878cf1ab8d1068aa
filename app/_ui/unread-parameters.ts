import { listed } from './format.ts'

/** Whether a page understands what stands behind a parameter of its address. */
type Understands = (text: string) => boolean

/** Parameters of an address: those that a page does not understand, and those whose first of several it takes. */
export function unreadParameters(
  address: Pick<URLSearchParams, 'getAll'>,
  parameters: Readonly<Record<string, Understands>>,
): { unread: string[]; doubled: string[] } {
  const [unread, doubled]: [string[], string[]] = [[], []]
  for (const [name, understands] of Object.entries(parameters)) {
    const [first, ...more] = address.getAll(name)
    if (first !== undefined && !understands(first)) unread.push(name)
    else if (more.length > 0) doubled.push(name)
  }
  return { unread, doubled }
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
