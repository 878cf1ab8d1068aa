/** MurmurHash3's finaliser: every bit of the result depends on every bit of `h`. */
const finalise = (h: number): number => {
  let x = h
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

const rotate = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits))

/**
 * Spreads a text over 128 bits of generator state, so that seeds 1, 2, 3 … start unrelated streams
 * (xoroshiro started from neighbouring states would give correlated first draws).
 * Four multiplicative lanes over UTF-16 code units, joined and finalised as in MurmurHash3 x86_128 (Appleby 2011).
 */
export const mixSeed = (text: string): [number, number, number, number] => {
  let a = 0x239b961b
  let b = 0xab0e9789 | 0
  let c = 0x38b34ae5
  let d = 0xa1e38b93 | 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = rotate(Math.imul(a ^ unit, 0x9e3779b1), 13)
    b = rotate(Math.imul(b ^ unit ^ a, 0x85ebca77), 15)
    c = rotate(Math.imul(c ^ unit ^ b, 0xc2b2ae3d), 17)
    d = rotate(Math.imul(d ^ unit ^ c, 0x27d4eb2f), 19)
  }
  a = finalise((a ^ text.length) + b + c + d)
  b = finalise(b + a)
  c = finalise(c + b)
  d = finalise(d + c)
  a = finalise(a + d)
  // The all-zero state is the one from which xoroshiro never leaves.
  return (a | b | c | d) === 0 ? [0x9e3779b1 | 0, 0, 0, 0] : [a, b, c, d]
}
