import { describeMetric } from '../../../core/wording/metric-names.ts'

export interface CurveMetric {
  key: string
  label: string
  /** Of the shown values. */
  unit: string
  /** Stored value times this is the shown one. */
  scale: number
  /** Decimals at the ends of lines. */
  digits: number
  /** The shown values cannot leave this range. */
  bounds: readonly [number, number]
}

const others: Record<string, Pick<CurveMetric, 'label' | 'unit' | 'digits'>> = {
  'train/loss': { label: 'Training loss', unit: 'nat', digits: 3 },
  'learning-rate': { label: 'Learning rate', unit: '', digits: 5 },
}

/** How the curve of `key` is named and drawn; a key that nobody described shows itself. */
export function curveMetric(key: string): CurveMetric {
  const known = describeMetric(key)
  if (known === null) {
    const other = others[key] ?? { label: key, unit: '', digits: 3 }
    return { key, scale: 1, bounds: [-Infinity, Infinity], ...other }
  }
  return {
    key,
    label: known.label,
    unit: known.unit,
    scale: known.scale,
    digits: known.unit === '%' ? 1 : known.digits,
    bounds: known.unit === '%' ? [0, 100] : [known.key.startsWith('gap/') ? -Infinity : 0, Infinity],
  }
}

/** "Validation accuracy, %". */
export function metricTitle(metric: Pick<CurveMetric, 'label' | 'unit'>): string {
  return metric.unit === '' ? metric.label : `${metric.label}, ${metric.unit}`
}
