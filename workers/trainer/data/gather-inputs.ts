/** Row-major [N, inputSize]. A byte times the scale is an input; float32 are inputs as they stand. */
export type Examples =
  | { dtype: 'uint8'; values: Uint8Array; scale: number }
  | { dtype: 'float32'; values: Float32Array }

/** Rows `indices` of the examples as float32 inputs, [indices, inputSize], written to `out`. */
export function gatherInputs(
  examples: Examples,
  inputSize: number,
  indices: Int32Array,
  out: Float32Array,
): void {
  // A loop for each type: one that sees both is slower for either.
  if (examples.dtype === 'uint8') gatherBytes(examples.values, inputSize, examples.scale, indices, out)
  else gatherFloats(examples.values, inputSize, indices, out)
}

function gatherFloats(values: Float32Array, inputSize: number, indices: Int32Array, out: Float32Array): void {
  let to = 0
  for (let i = 0; i < indices.length; i++) {
    let from = (indices[i] ?? 0) * inputSize
    const end = from + inputSize
    while (from < end) out[to++] = values[from++] ?? 0
  }
}

function gatherBytes(
  values: Uint8Array,
  inputSize: number,
  scale: number,
  indices: Int32Array,
  out: Float32Array,
): void {
  let to = 0
  for (let i = 0; i < indices.length; i++) {
    let from = (indices[i] ?? 0) * inputSize
    const end = from + inputSize
    while (from < end) out[to++] = (values[from++] ?? 0) * scale
  }
}
