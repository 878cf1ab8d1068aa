/** dx = y > 0 ? scale dy : 0. `scale` is 1, or 1/(1 - p) where y went through inverted dropout. */
export function reluGradient(dy: usize, y: usize, dx: usize, count: i32, scale: f32): void {
  let zero = f32x4.splat(0)
  let scales = f32x4.splat(scale)
  let i = 0
  for (; i + 4 <= count; i += 4) {
    v128.store(dx, v128.and(f32x4.mul(v128.load(dy), scales), f32x4.gt(v128.load(y), zero)))
    dy += 16
    y += 16
    dx += 16
  }
  for (; i < count; i++) {
    store<f32>(dx, load<f32>(y) > 0 ? load<f32>(dy) * scale : <f32>0)
    dy += 4
    y += 4
    dx += 4
  }
}
