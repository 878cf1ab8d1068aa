/**
 * Optimiser steps in one pass. The moments are updated in place; the weights go to `to`, a buffer of their own,
 * because upstream kernels cache weights by tensor and would not see a write in place.
 * `decay` times the weight is added to the gradient first (L2 penalty).
 */

/**
 * Adam (Kingma and Ba 2015, algorithm 1). `rest1` is 1 - beta1, `rest2` is 1 - beta2, each rounded on its own;
 * `rate` is the learning rate over 1 - beta1^t, `correction2` is 1 / (1 - beta2^t).
 */
export function adamStep(
  w: usize,
  to: usize,
  first: usize,
  second: usize,
  g: usize,
  count: i32,
  rate: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  correction2: f32,
  epsilon: f32,
  decay: f32,
): void {
  let i = 0
  for (; i + 4 <= count; i += 4) {
    let weight = v128.load(w)
    let gradient = f32x4.add(v128.load(g), f32x4.mul(f32x4.splat(decay), weight))
    let m = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(first)), f32x4.mul(f32x4.splat(rest1), gradient))
    let v = f32x4.add(
      f32x4.mul(f32x4.splat(beta2), v128.load(second)),
      f32x4.mul(f32x4.splat(rest2), f32x4.mul(gradient, gradient)),
    )
    v128.store(first, m)
    v128.store(second, v)
    let root = f32x4.add(f32x4.sqrt(f32x4.mul(v, f32x4.splat(correction2))), f32x4.splat(epsilon))
    v128.store(to, f32x4.sub(weight, f32x4.div(f32x4.mul(f32x4.splat(rate), m), root)))
    w += 16
    to += 16
    first += 16
    second += 16
    g += 16
  }
  for (; i < count; i++) {
    let weight = load<f32>(w)
    let gradient = load<f32>(g) + decay * weight
    let m = beta1 * load<f32>(first) + rest1 * gradient
    let v = beta2 * load<f32>(second) + rest2 * (gradient * gradient)
    store<f32>(first, m)
    store<f32>(second, v)
    store<f32>(to, weight - (rate * m) / (sqrt<f32>(v * correction2) + epsilon))
    w += 4
    to += 4
    first += 4
    second += 4
    g += 4
  }
}

/** SGD with (heavy-ball) momentum: m = momentum m + gradient; w = w - rate m. */
export function momentumStep(
  w: usize,
  to: usize,
  velocity: usize,
  g: usize,
  count: i32,
  rate: f32,
  momentum: f32,
  decay: f32,
): void {
  let i = 0
  for (; i + 4 <= count; i += 4) {
    let weight = v128.load(w)
    let gradient = f32x4.add(v128.load(g), f32x4.mul(f32x4.splat(decay), weight))
    let m = f32x4.add(f32x4.mul(f32x4.splat(momentum), v128.load(velocity)), gradient)
    v128.store(velocity, m)
    v128.store(to, f32x4.sub(weight, f32x4.mul(f32x4.splat(rate), m)))
    w += 16
    to += 16
    velocity += 16
    g += 16
  }
  for (; i < count; i++) {
    let weight = load<f32>(w)
    let m = momentum * load<f32>(velocity) + (load<f32>(g) + decay * weight)
    store<f32>(velocity, m)
    store<f32>(to, weight - rate * m)
    w += 4
    to += 4
    velocity += 4
    g += 4
  }
}

/**
 * SGD with Nesterov's momentum (Sutskever et al. 2013, equations 3 and 4, in the variable at which the gradient is taken):
 * m = momentum m + gradient; w = w - rate (gradient + momentum m).
 */
export function nesterovStep(
  w: usize,
  to: usize,
  velocity: usize,
  g: usize,
  count: i32,
  rate: f32,
  momentum: f32,
  decay: f32,
): void {
  let i = 0
  for (; i + 4 <= count; i += 4) {
    let weight = v128.load(w)
    let gradient = f32x4.add(v128.load(g), f32x4.mul(f32x4.splat(decay), weight))
    let m = f32x4.add(f32x4.mul(f32x4.splat(momentum), v128.load(velocity)), gradient)
    v128.store(velocity, m)
    let ahead = f32x4.add(gradient, f32x4.mul(f32x4.splat(momentum), m))
    v128.store(to, f32x4.sub(weight, f32x4.mul(f32x4.splat(rate), ahead)))
    w += 16
    to += 16
    velocity += 16
    g += 16
  }
  for (; i < count; i++) {
    let weight = load<f32>(w)
    let gradient = load<f32>(g) + decay * weight
    let m = momentum * load<f32>(velocity) + gradient
    store<f32>(velocity, m)
    store<f32>(to, weight - rate * (gradient + momentum * m))
    w += 4
    to += 4
    velocity += 4
    g += 4
  }
}
