/** Copies of blocks in the order in which the micro-kernels read them. Strides are in bytes. */

/** Transposes the 4x4 block at `from` to `to`. */
@inline
function transpose4(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  let r0 = v128.load(from)
  let r1 = v128.load(from + fromStride)
  let r2 = v128.load(from + 2 * fromStride)
  let r3 = v128.load(from + 3 * fromStride)
  let low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
  let low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
  let high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
  let high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2))
  v128.store(to + toStride, v128.shuffle<f64>(low01, low23, 1, 3))
  v128.store(to + 2 * toStride, v128.shuffle<f64>(high01, high23, 0, 2))
  v128.store(to + 3 * toStride, v128.shuffle<f64>(high01, high23, 1, 3))
}

/** Panels of eight columns of B [depth, columns]: all depth of a panel, then the next; missing columns are 0. */
export function packColumns(b: usize, stride: usize, depth: i32, columns: i32, to: usize): void {
  for (let j = 0; j < columns; j += 8) {
    let width = min(8, columns - j)
    let from = b + (<usize>j << 2)
    if (width == 8) {
      for (let k = 0; k < depth; k++) {
        v128.store(to, v128.load(from))
        v128.store(to, v128.load(from, 16), 16)
        from += stride
        to += 32
      }
    } else {
      for (let k = 0; k < depth; k++) {
        for (let i = 0; i < width; i++) store<f32>(to + (<usize>i << 2), load<f32>(from + (<usize>i << 2)))
        for (let i = width; i < 8; i++) store<f32>(to + (<usize>i << 2), 0)
        from += stride
        to += 32
      }
    }
  }
}

/** The same panels from B stored transposed, [columns, depth]. */
export function packTransposedColumns(b: usize, stride: usize, depth: i32, columns: i32, to: usize): void {
  for (let j = 0; j < columns; j += 8) {
    let width = min(8, columns - j)
    let from = b + <usize>j * stride
    let k = 0
    if (width == 8) {
      for (; k + 4 <= depth; k += 4) {
        transpose4(from, stride, to, 32)
        transpose4(from + 4 * stride, stride, to + 16, 32)
        from += 16
        to += 128
      }
    }
    for (; k < depth; k++) {
      let source = from
      for (let i = 0; i < 8; i++) {
        store<f32>(to + (<usize>i << 2), i < width ? load<f32>(source) : <f32>0)
        source += stride
      }
      from += 4
      to += 32
    }
  }
}

/** Panels of five rows of A from A stored transposed, [depth, rows]; missing rows are 0. */
export function packTransposedRows(a: usize, stride: usize, depth: i32, rows: i32, to: usize): void {
  for (let i = 0; i < rows; i += 5) {
    let height = min(5, rows - i)
    let from = a + (<usize>i << 2)
    if (height == 5) {
      for (let k = 0; k < depth; k++) {
        v128.store(to, v128.load(from))
        store<f32>(to, load<f32>(from, 16), 16)
        from += stride
        to += 20
      }
    } else {
      for (let k = 0; k < depth; k++) {
        for (let r = 0; r < 5; r++)
          store<f32>(to + (<usize>r << 2), r < height ? load<f32>(from + (<usize>r << 2)) : <f32>0)
        from += stride
        to += 20
      }
    }
  }
}
