import type { Page } from '@playwright/test'

/**
 * What a page says, one line a text node, in order: without drawings, whose labels follow the room that fonts leave
 * them, and without what passes or hangs on the machine: dates, how long ago something was, how long something will take.
 */
export async function pageTexts(page: Page): Promise<string[]> {
  const lines = await page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const within = node.parentElement
      if (within === null || within.closest('script, style, template, svg, [aria-live]') !== null) continue
      const text = (node.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
      if (text !== '') found.push(text)
    }
    return found
  })
  return lines.filter((line) => !passing.test(line)).map((line) => line.replaceAll(expected, 'about …'))
}

const passing =
  /\bago\b|just now|\b(?:today|yesterday)\b|\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/
const expected = /about \d[\w .]* (s|min|h)\b/g
