/** The design tokens that charts paint with; their values stand in app/tokens.css. */
export const colourTokens = [
  'bg',
  'surface',
  'line',
  'line-strong',
  'ink',
  'ink-2',
  'ink-3',
  'ghost',
  'band',
  'arm-1',
  'arm-2',
  'arm-3',
  'arm-4',
  'arm-5',
  'arm-6',
  'arm-7',
  'arm-8',
] as const

export type ColourToken = (typeof colourTokens)[number]

/** Every token as a colour that any renderer reads, such as `rgba(12, 34, 56, 1)`. */
export type Palette = Record<ColourToken, string>

/** What an option builder knows about the place it draws in; sizes in CSS pixels. */
export interface Frame {
  width: number
  height: number
  palette: Palette
  font: string
}

/** Below this width labels shorten and margins shrink. */
export const NARROW = 520
