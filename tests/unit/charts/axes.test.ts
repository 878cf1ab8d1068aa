import { expect, test } from 'vitest'
import { colourTokens } from '../../../app/_charts/colour-tokens.ts'
import type { Palette } from '../../../app/_charts/colour-tokens.ts'
import { axisMarks } from '../../../app/_charts/option/axes.ts'
import { linearScale, logScale } from '../../../app/_charts/scale/axis-scale.ts'

const palette = Object.fromEntries(colourTokens.map((token) => [token, `c-${token}`])) as Palette
const area = { left: 40, right: 340, top: 26, bottom: 376 }
const y = linearScale('Accuracy, %', [90, 100], 5)

function texts(right: number): string[] {
  const x = logScale('Size, MB', [0.0045, 0.05], 7)
  return axisMarks({ ...area, right }, x, y, { width: 360, height: 420, palette, font: '' }).flatMap((mark) =>
    mark.type === 'text' ? [mark.text] : [],
  )
}

test('an axis carries its ticks and both titles', () => {
  expect(texts(900)).toEqual(expect.arrayContaining(['0.01', '0.02', '92', 'Accuracy, %', 'Size, MB']))
})

test('a label that would touch the one before it is left out, its tick stays', () => {
  const [wide, narrow] = [texts(900), texts(200)]
  expect(narrow.length).toBeLessThan(wide.length)
  const ticks = (right: number): number =>
    axisMarks({ ...area, right }, logScale('', [0.0045, 0.05], 7), y, {
      width: 360,
      height: 420,
      palette,
      font: '',
    }).filter((mark) => mark.type === 'line' && mark.from[0] === mark.to[0]).length
  expect(ticks(200)).toBe(ticks(900))
})
