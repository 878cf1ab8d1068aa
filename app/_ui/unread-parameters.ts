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

export const oneOf =
  (values: readonly string[]): Understands =>
  (text) =>
    values.includes(text)

/** A list with commas, which may be empty. */
export const someOf =
  (values: readonly string[]): Understands =>
  (text) =>
    text === '' || text.split(',').every((part) => values.includes(part))
