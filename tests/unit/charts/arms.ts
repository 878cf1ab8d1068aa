import type { ArmFigures, ArmView, Estimate } from '../../../core/contracts/views.ts'

const arm = (id: string, role: ArmView['role'], label: string, slot: number | null): ArmView => ({
  id,
  role,
  method: role === 'teacher' ? 'teacher' : role === 'control' ? 'scratch' : 'soft-targets',
  label,
  shorter: [],
  detail: '',
  slot,
})

/** Teacher, control and two others, as a page gets them. */
export const arms: ArmView[] = [
  arm('teacher', 'teacher', 'Teacher', null),
  arm('scratch', 'control', 'Control', null),
  arm('label-smoothing', 'regularisation', 'Label smoothing', 1),
  arm('soft-targets-t4', 'distillation', 'Soft targets', 2),
]

/** Figures of one arm: metrics as fractions with half their interval. */
export function figures(
  armId: string,
  sizeBytes: number,
  metrics: Record<string, [mean: number, half: number | null]>,
  latencyMs: number | null = null,
): ArmFigures {
  return {
    armId,
    parameters: 1000,
    sizeBytes,
    macs: 1000,
    steps: 100,
    epochs: 10,
    finished: 8,
    diverged: 0,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([key, [mean, half]]): [string, Estimate] => [
        key,
        { mean, half, n: half === null ? 1 : 8 },
      ]),
    ),
    latency:
      latencyMs === null
        ? null
        : {
            p50Ms: latencyMs,
            p90Ms: latencyMs * 1.2,
            p50Interval: [latencyMs * 0.98, latencyMs * 1.02],
            throughput: 1000,
            blocks: 10,
            sharedWith: [],
          },
  }
}

/** A teacher twelve times larger than three students that differ in accuracy alone. */
export const sampleFigures: ArmFigures[] = [
  figures('teacher', 5e6, { 'test/accuracy': [0.983, null], 'test/nll': [0.06, null] }, 0.6),
  figures('scratch', 4e5, { 'test/accuracy': [0.902, 0.003], 'test/nll': [0.34, 0.01] }, 0.1),
  figures('label-smoothing', 4e5, { 'test/accuracy': [0.909, 0.003], 'test/nll': [0.36, 0.01] }, 0.1),
  figures('soft-targets-t4', 4e5, { 'test/accuracy': [0.908, 0.002], 'test/nll': [0.3, 0.01] }, 0.1),
]
