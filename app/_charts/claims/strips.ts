import type { ArmLook } from '../arm-look.ts'

/** One small picture: rows with a name each, marks at places in percent of the plot's width, one axis below. */
export interface Strips {
  rows: StripRow[]
  /** Pixels. */
  rowHeight: number
  /** Shaded from top to bottom, behind everything. */
  bands: { from: number; to: number }[]
  /** Lines from top to bottom. */
  rules: { at: number; look: 'zero' | 'dashed' }[]
  ticks: StripTick[]
  /** Of the axis, under the names. */
  unit?: string
  /** The picture in words. */
  alt: string
}

export interface StripRow {
  label: string
  strong: boolean
  marks: StripMark[]
}

export interface StripTick {
  at: number
  text: string
  /** Above the plot instead of on its axis. */
  above?: boolean
  /** Where its text hangs; in the middle unless it would leave the page. */
  anchor?: 'start' | 'end'
}

/** Colours are tokens of app/tokens.css; `dy` and `dx` in pixels from the middle of the row. */
export type StripMark =
  | { kind: 'line'; from: number; to: number; colour: string; width: number; dashed?: boolean }
  | { kind: 'bar'; from: number; to: number; colour: string; look: 'filled' | 'hatched' }
  | { kind: 'cap'; at: number; colour: string; height: number }
  | { kind: 'dot'; at: number; colour: string; radius: number; hollow: boolean; dy?: number }
  /** An upright interval. */
  | { kind: 'span'; at: number; fromDy: number; toDy: number; colour: string }
  | { kind: 'arm'; at: number; look: ArmLook }
  | { kind: 'wedge'; from: number; to: number }
  | {
      kind: 'text'
      at: number
      text: string
      anchor: 'start' | 'middle' | 'end'
      dx?: number
      dy?: number
      on?: 'page' | 'bar' | 'hatch' | 'wedge'
    }

/** Percent with three decimals, so that the same picture is the same text on server and browser. */
export const percent = (share: number): number => Math.round(share * 100_000) / 1000

/** Places values on an axis from `low` to `high`: 0 to 100, not clamped. */
export const placer =
  (low: number, high: number) =>
  (value: number): number =>
    percent(high > low ? (value - low) / (high - low) : 0.5)
