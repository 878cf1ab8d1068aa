import { randomBytes } from 'node:crypto'

export interface Ids {
  /** A new id of `length` characters out of a-z and 2-7. */
  next(length?: number): string
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

export const randomIds: Ids = {
  next: (length = 12) => Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join(''),
}
