/**
 * Writes the AssemblyScript source of the 5x8 micro-kernels of the matrix product.
 *
 * Five rows of A meet one packed panel of eight columns of B: ten accumulators, two vectors of B, one splat of A.
 * That is what fits into the 15 SIMD registers V8 leaves free; wider blocks spill. All accumulators are spelled
 * out because AssemblyScript keeps no arrays in registers.
 *
 * `tab` holds for each of the five rows a pair of i32: its offset from `a` and its offset from `c`, in bytes.
 * Products are added one k after the other, so the order of every sum is fixed.
 */

const rows = [0, 1, 2, 3, 4]

/** One step of k: rows in ascending order, since V8 hoists loads (and spills) when they run backwards. */
const multiplyAdd = (loadA) =>
  [
    'b0 = v128.load(b)',
    'b1 = v128.load(b, 16)',
    ...rows.flatMap((row) => [
      `x = ${loadA(row)}`,
      `s${row}0 = f32x4.add(s${row}0, f32x4.mul(x, b0))`,
      `s${row}1 = f32x4.add(s${row}1, f32x4.mul(x, b1))`,
    ]),
  ].join('\n    ')

const store = (value) =>
  rows
    .map((row) => `p = c + <usize>load<i32>(tab, ${row * 8 + 4})\n    ${value(row, 0)}\n    ${value(row, 1)}`)
    .join('\n    ')

const at = (half) => (half === 0 ? '' : ', 16')

/** What happens to the ten sums: 0 stores them, 1 adds them to C, 2 stores max(0, sum). */
const epilogue = `if (mode == 0) {
    ${store((row, half) => `v128.store(p, s${row}${half}${at(half)})`)}
  } else if (mode == 1) {
    ${store((row, half) => `v128.store(p, f32x4.add(v128.load(p${at(half)}), s${row}${half})${at(half)})`)}
  } else {
    x = f32x4.splat(0)
    ${store((row, half) => `v128.store(p, f32x4.max(s${row}${half}, x)${at(half)})`)}
  }`

const start = rows
  .map((row) => `let s${row}0 = v128.load(init)\n  let s${row}1 = v128.load(init, 16)`)
  .join('\n  ')

/** @returns {string} AssemblyScript: `rowsTimesPanel` (A read in place) and `panelTimesPanel` (A packed by fives). */
export function microKernelSource() {
  return `
export function rowsTimesPanel(depth: i32, a: usize, tab: usize, b: usize, c: usize, init: usize, mode: i32): void {
  ${start}
  ${rows.map((row) => `let a${row} = a + <usize>load<i32>(tab, ${row * 8})`).join('\n  ')}
  let x: v128, b0: v128, b1: v128, p: usize
  while (depth > 0) {
    ${multiplyAdd((row) => `v128.load32_splat(a${row})`)}
    ${rows.map((row) => `a${row} += 4`).join('\n    ')}
    b += 32
    depth--
  }
  ${epilogue}
}

export function panelTimesPanel(depth: i32, a: usize, tab: usize, b: usize, c: usize, init: usize, mode: i32): void {
  ${start}
  let x: v128, b0: v128, b1: v128, p: usize
  while (depth > 0) {
    ${multiplyAdd((row) => `v128.load32_splat(a, ${row * 4})`)}
    a += 20
    b += 32
    depth--
  }
  ${epilogue}
}
`
}
