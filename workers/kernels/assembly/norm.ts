/**
 * Sum of x[i]^2 in float64: every square is exact there (2 x 24 bits), only the additions round. The order is part of the
 * result: four sums of the elements i mod 4, then (s0 + s2) + (s1 + s3), then what is left over, one by one.
 */
export function sumOfSquares(x: usize, count: i32): f64 {
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  let i = 0
  for (; i + 4 <= count; i += 4) {
    let four = v128.load(x)
    let first = f64x2.promote_low_f32x4(four)
    let second = f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 0))
    low = f64x2.add(low, f64x2.mul(first, first))
    high = f64x2.add(high, f64x2.mul(second, second))
    x += 16
  }
  let pairs = f64x2.add(low, high)
  let sum = f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1)
  for (; i < count; i++) {
    let value = <f64>load<f32>(x)
    sum += value * value
    x += 4
  }
  return sum
}

/** to[i] = factor x[i]. */
export function scale(x: usize, to: usize, count: i32, factor: f32): void {
  let i = 0
  for (; i + 4 <= count; i += 4) {
    v128.store(to, f32x4.mul(v128.load(x), f32x4.splat(factor)))
    x += 16
    to += 16
  }
  for (; i < count; i++) {
    store<f32>(to, load<f32>(x) * factor)
    x += 4
    to += 4
  }
}
