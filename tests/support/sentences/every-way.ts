/** Every combination of the given values: `{ a: [1, 2], b: [3] }` gives `{ a: 1, b: 3 }` and `{ a: 2, b: 3 }`. */
export function everyWay<Choices extends Record<string, readonly unknown[]>>(
  choices: Choices,
): { [Key in keyof Choices]: Choices[Key][number] }[] {
  let ways: Record<string, unknown>[] = [{}]
  for (const [key, values] of Object.entries(choices)) {
    ways = ways.flatMap((way) => values.map((value) => ({ ...way, [key]: value })))
  }
  return allKeys<Choices>(ways)
}

/** Each way was given a value of every key of `Choices` above. */
const allKeys = <Choices extends Record<string, readonly unknown[]>>(
  ways: readonly Record<string, unknown>[],
): { [Key in keyof Choices]: Choices[Key][number] }[] =>
  ways as { [Key in keyof Choices]: Choices[Key][number] }[]
