import { describe, expect, it } from 'vitest'
import { ExperimentDraft } from '../../../core/contracts/protocol.ts'
import { oneLine } from '../../../core/text/one-line.ts'
import { isVisible } from '../../../core/text/visible.ts'
import { smallDraft } from '../../support/server.ts'

const invisible: [what: string, text: string][] = [
  ['nothing', ''],
  ['spaces of every kind', ' \u00A0\u2003\u3000\t\n'],
  ['zero-width characters', '\u200B\u200C\u200D\uFEFF\u2060'],
  ['marks of direction', '\u202E\u202C\u2066\u2069\u200E\u200F\u061C'],
  ['Hangul fillers', '\u115F\u1160\u3164\uFFA0'],
  ['a soft hyphen and a grapheme joiner', '\u00AD\u034F'],
  ['variation selectors and tags', '\uFE0F\u{E0100}\u{E0041}'],
  ['an empty braille cell', '\u2800'],
  ['controls', '\u0000\u0007\u001B\u0085'],
  ['half a surrogate pair', '\uD800'],
]

describe('a text', () => {
  it.each(invisible)('of %s shows nothing', (_what, text) => {
    expect(isVisible(text)).toBe(false)
    expect(isVisible(`${text}?${text}`)).toBe(true)
  })

  it.each(['a', '0', '?', 'هل', '問い', '👩‍🔬', '◌́', '-'])('of %s shows something', (text) => {
    expect(isVisible(text)).toBe(true)
  })
})

describe('the question of a draft', () => {
  const question = (text: string): string => ExperimentDraft.parse(smallDraft({ question: text })).question

  it.each(invisible)('that is %s is refused in words', (_what, text) => {
    expect(() => question(text)).toThrow(/Write the question that this experiment answers\./)
  })

  it('stands on one line, of whole characters', () => {
    expect(question('  Does it\r\nhelp\u2028here\u0000? \uDC00👩‍🔬 ')).toBe('Does it help here ? 👩‍🔬')
    expect(oneLine('a\u0085b')).toBe('a b')
  })

  it('of more than 300 characters is refused in words', () => {
    expect(() => question('x'.repeat(301))).toThrow(/At most 300 characters/)
  })
})
