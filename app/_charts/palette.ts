import { colourTokens } from './colour-tokens.ts'
import type { Palette } from './colour-tokens.ts'

/**
 * The tokens' colours under the present theme. The chart library reads neither CSS variables nor oklch, so each colour
 * is painted on a canvas of one pixel and read back as bytes. Browser only.
 */
export function resolvePalette(): Palette {
  const probe = document.createElement('i')
  document.body.append(probe)
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const resolve = (token: string): string => {
    probe.style.color = `var(--${token})`
    const computed = getComputedStyle(probe).color
    if (!context) return computed
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = computed
    context.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data
    return `rgba(${red}, ${green}, ${blue}, ${(alpha ?? 255) / 255})`
  }
  // The list of tokens is the type's own, so every key is there.
  const palette = Object.fromEntries(colourTokens.map((token) => [token, resolve(token)])) as Palette
  probe.remove()
  return palette
}
