import { packColumns, packTransposedColumns, packTransposedRows } from './pack'
import { panelTimesPanel, rowsTimesPanel } from './micro-kernels'

/** Block edges: a panel of B stays in the first cache, a block of B in the second. */
const DEPTH = 320
const COLUMNS = 384
const ROWS = 160

// Layout of the scratch memory, in bytes.
const ZEROS: usize = 0
const BIAS_TAIL: usize = 32
const TABLE: usize = 64
const EDGE_TABLE: usize = 128
const EDGE_TILE: usize = 256
const PACKED_B: usize = 1024
const PACKED_A: usize = PACKED_B + DEPTH * COLUMNS * 4

/** Bytes of scratch memory that `gemm` needs at `scratch`, aligned to 64. */
export function gemmScratchBytes(): i32 {
  return <i32>PACKED_A + DEPTH * (ROWS + 5) * 4
}

/**
 * C [m, n] = A B, plus a bias row where `bias` is not 0, then max(0, .) where `relu` is not 0. All row-major float32;
 * A is stored [k, m] where `transposeA`, B is stored [n, k] where `transposeB`. Addresses in bytes.
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  transposeA: i32,
  b: usize,
  transposeB: i32,
  c: usize,
  bias: usize,
  relu: i32,
  scratch: usize,
): void {
  let strideA = <usize>(transposeA ? m : k) << 2
  let strideB = <usize>(transposeB ? k : n) << 2
  let strideC = <usize>n << 2
  let table = scratch + TABLE
  let edgeTable = scratch + EDGE_TABLE
  let tile = scratch + EDGE_TILE
  let packedB = scratch + PACKED_B
  let packedA = scratch + PACKED_A
  memory.fill(scratch + ZEROS, 0, 32)
  for (let r = 0; r < 5; r++) {
    store<i32>(table + (<usize>r << 3), r * <i32>strideA)
    store<i32>(table + (<usize>r << 3), r * <i32>strideC, 4)
    store<i32>(edgeTable + (<usize>r << 3), r << 5, 4)
  }
  let blocks = (k + DEPTH - 1) / DEPTH
  let depthStep = (k + blocks - 1) / blocks
  for (let k0 = 0; k0 < k; k0 += depthStep) {
    let depth = min(depthStep, k - k0)
    let first = k0 == 0
    // With one block of depth the activation happens in the micro-kernel, else in a pass at the end.
    let mode = first ? (relu && depth == k ? 2 : 0) : 1
    for (let n0 = 0; n0 < n; n0 += COLUMNS) {
      let columns = min(COLUMNS, n - n0)
      if (transposeB) packTransposedColumns(b + <usize>n0 * strideB + (<usize>k0 << 2), strideB, depth, columns, packedB)
      else packColumns(b + <usize>k0 * strideB + (<usize>n0 << 2), strideB, depth, columns, packedB)
      for (let m0 = 0; m0 < m; m0 += ROWS) {
        let rows = min(ROWS, m - m0)
        if (transposeA) packTransposedRows(a + <usize>k0 * strideA + (<usize>m0 << 2), strideA, depth, rows, packedA)
        for (let j = 0; j < columns; j += 8) {
          let panel = packedB + (<usize>(j * depth) << 2)
          let width = min(8, columns - j)
          let init = scratch + ZEROS
          if (first && bias) {
            init = bias + (<usize>(n0 + j) << 2)
            if (width < 8) {
              for (let q = 0; q < 8; q++)
                store<f32>(scratch + BIAS_TAIL + (<usize>q << 2), q < width ? load<f32>(init + (<usize>q << 2)) : <f32>0)
              init = scratch + BIAS_TAIL
            }
          }
          for (let i = 0; i < rows; i += 5) {
            let height = min(5, rows - i)
            let target = c + <usize>(m0 + i) * strideC + (<usize>(n0 + j) << 2)
            let source = transposeA
              ? packedA + (<usize>(i * depth) << 2)
              : a + <usize>(m0 + i) * strideA + (<usize>k0 << 2)
            if (height == 5 && width == 8) {
              if (transposeA) panelTimesPanel(depth, source, table, panel, target, init, mode)
              else rowsTimesPanel(depth, source, table, panel, target, init, mode)
              continue
            }
            // An edge: computed into a tile of its own. Rows past the last one read the last row again.
            let tileMode = mode == 1 ? 0 : mode
            if (transposeA) panelTimesPanel(depth, source, edgeTable, panel, tile, init, tileMode)
            else {
              for (let r = 0; r < 5; r++) store<i32>(edgeTable + (<usize>r << 3), min(r, height - 1) * <i32>strideA)
              rowsTimesPanel(depth, source, edgeTable, panel, tile, init, tileMode)
            }
            copyTile(tile, target, strideC, height, width, mode == 1)
          }
        }
      }
    }
  }
  if (k == 0) memory.fill(c, 0, <usize>m * strideC)
  if (relu && depthStep < k) clampAtZero(c, <usize>m * <usize>n)
}

function copyTile(tile: usize, target: usize, stride: usize, height: i32, width: i32, add: bool): void {
  for (let r = 0; r < height; r++) {
    for (let q = 0; q < width; q++) {
      let p = target + (<usize>q << 2)
      let value = load<f32>(tile + (<usize>(r * 8 + q) << 2))
      store<f32>(p, add ? load<f32>(p) + value : value)
    }
    target += stride
  }
}

function clampAtZero(x: usize, count: usize): void {
  let zero = f32x4.splat(0)
  let i: usize = 0
  for (; i + 4 <= count; i += 4) {
    v128.store(x, f32x4.max(v128.load(x), zero))
    x += 16
  }
  for (; i < count; i++) {
    store<f32>(x, max<f32>(load<f32>(x), 0))
    x += 4
  }
}
