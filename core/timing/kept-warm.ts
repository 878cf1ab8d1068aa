/** A trainer that nobody wants for so long is ended; who trains next on its core starts a new one. */
export const keptWarmMs = 60_000
