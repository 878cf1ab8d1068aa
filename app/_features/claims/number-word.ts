const words = [
  'none',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** "none", "three"; figures from 13 on. */
export const numberWord = (value: number): string => words[value] ?? String(value)
