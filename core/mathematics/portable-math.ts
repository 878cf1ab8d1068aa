/**
 * exp, log and the cosine schedule from + − × ÷ alone. Math.exp and its like may differ in the last bit between builds of
 * Node; IEEE arithmetic does not, and with it the weights of a training are the same bits everywhere.
 * Accurate to about 1e-15 relative; tested against Math.
 */

const ln2High = 6.9314718036912381649e-1
const ln2Low = 1.90821492927058770002e-10
const log2e = 1.442695040888963387

// The bits of a double as two words, little end first: the one way to a power of two without Math.pow.
const double = new Float64Array(1)
const words = new Int32Array(double.buffer)

/** 2^k, for k from −1022 to 1023. */
function powerOfTwo(k: number): number {
  words[0] = 0
  words[1] = (k + 1023) << 20
  return double[0] ?? 0
}

/** e^x. 0 below −708 (where the result would be subnormal), Infinity above 709.78, NaN for NaN. */
export function exp(x: number): number {
  if (x < -708) return 0
  if (x > 709.78) return Number.POSITIVE_INFINITY
  if (x !== x) return x
  const k = Math.floor(x * log2e + 0.5)
  const r = x - k * ln2High - k * ln2Low
  // Taylor to degree 13 on |r| ≤ 0.3466: the first term left out is below 5e-18.
  let p = 1 / 6227020800
  p = p * r + 1 / 479001600
  p = p * r + 1 / 39916800
  p = p * r + 1 / 3628800
  p = p * r + 1 / 362880
  p = p * r + 1 / 40320
  p = p * r + 1 / 5040
  p = p * r + 1 / 720
  p = p * r + 1 / 120
  p = p * r + 1 / 24
  p = p * r + 1 / 6
  p = p * r + 0.5
  const value = p * r * r + r + 1
  return k === 1024 ? value * powerOfTwo(1023) * 2 : value * powerOfTwo(k)
}

/** Natural logarithm of a positive, finite, normal number. NaN for anything else. */
export function log(x: number): number {
  if (!(x >= 2.2250738585072014e-308 && x <= Number.MAX_VALUE)) return Number.NaN
  double[0] = x
  const high = words[1] ?? 0
  let k = (high >>> 20) - 1023
  words[1] = (high & 0xfffff) | (1023 << 20)
  let m = double[0]
  if (m > 1.4142135623730951) {
    m /= 2
    k++
  }
  // log m = 2 artanh(s), s = (m − 1)/(m + 1), |s| ≤ 0.1716.
  const s = (m - 1) / (m + 1)
  const z = s * s
  let p = 1 / 23
  for (let n = 21; n >= 3; n -= 2) p = p * z + 1 / n
  return k * ln2High + (2 * s + (2 * s * z * p + k * ln2Low))
}

/** sin and cos on 0 … π/4 by Taylor; the first term left out is below 1e-17. */
function smallCosine(x: number): number {
  const z = x * x
  let p = 1
  for (let n = 16; n >= 2; n -= 2) p = 1 - (p * z) / (n * (n - 1))
  return p
}
function smallSine(x: number): number {
  const z = x * x
  let p = 1
  for (let n = 17; n >= 3; n -= 2) p = 1 - (p * z) / (n * (n - 1))
  return p * x
}

/** cos(πt) for t from 0 to 1. */
export function cosinePi(t: number): number {
  if (t > 0.5) return -cosinePi(1 - t)
  return t > 0.25 ? smallSine(Math.PI * (0.5 - t)) : smallCosine(Math.PI * t)
}

/** base^n for an integer n ≥ 0 by squaring. */
export function integerPower(base: number, n: number): number {
  let [result, square, left] = [1, base, n]
  while (left > 0) {
    if (left % 2 === 1) result *= square
    square *= square
    left = Math.floor(left / 2)
  }
  return result
}
