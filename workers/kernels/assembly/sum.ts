/** to[c] = sum over rows of x [rows, columns], from the first row to the last: the order is part of the result. */
export function sumRows(x: usize, rows: i32, columns: i32, to: usize): void {
  let stride = <usize>columns << 2
  let j = 0
  for (; j + 16 <= columns; j += 16) {
    let p = x + (<usize>j << 2)
    let s0 = f32x4.splat(0)
    let s1 = f32x4.splat(0)
    let s2 = f32x4.splat(0)
    let s3 = f32x4.splat(0)
    for (let r = 0; r < rows; r++) {
      s0 = f32x4.add(s0, v128.load(p))
      s1 = f32x4.add(s1, v128.load(p, 16))
      s2 = f32x4.add(s2, v128.load(p, 32))
      s3 = f32x4.add(s3, v128.load(p, 48))
      p += stride
    }
    let d = to + (<usize>j << 2)
    v128.store(d, s0)
    v128.store(d, s1, 16)
    v128.store(d, s2, 32)
    v128.store(d, s3, 48)
  }
  for (; j < columns; j++) {
    let p = x + (<usize>j << 2)
    let sum: f32 = 0
    for (let r = 0; r < rows; r++) {
      sum += load<f32>(p)
      p += stride
    }
    store<f32>(to + (<usize>j << 2), sum)
  }
}
