import { describe, expect, test } from 'vitest'
import { appSentences } from '../support/sentences/of-app.ts'
import { codeSentences } from '../support/sentences/of-codes.ts'
import { coreSentences } from '../support/sentences/of-core.ts'

const sections = Object.entries({ ...coreSentences(), ...codeSentences(), ...appSentences() })
const table = sections.map(([name, texts]) => [`## ${name}`, '', ...new Set(texts), ''].join('\n')).join('\n')

/** What no text may hold, whatever its counts are. */
const faults: Record<string, RegExp> = {
  'one of many':
    /(?<![\d.,–]|[Cc]lass )1 (?:(?:planned|test|other|student|labelled|earlier|paired|unpaired|validation) )?(?!is\b|was\b|has\b|as\b|this\b|less\b|class\b)[a-z-]+s\b/,
  'one with a verb of many': /\b1 \w+ (are|have|were|go)\b/,
  'two of all': /\ball 2(?![,\d])/,
  'two commas': /,,|, ,/,
  'two full stops': /\.\.|\.\)\.|;\.|,\.|\?\./,
  'two spaces': / {2}/,
  'a space before its mark': / [,;.:)]/,
  'what is no text': /\b(?:undefined|NaN|null|Infinity|\[object)/,
  'an exponent': /\d[eE][+-]?\d/,
  'a hyphen for a minus': /(?:^|[ (])-\d/,
}

describe('what is said over counts and magnitudes', () => {
  test('is what was read and found right', async () => {
    await expect(table).toMatchFileSnapshot('../golden/texts.txt')
  })

  test.each(Object.entries(faults))('holds nowhere %s', (_, fault) => {
    const found = sections.flatMap(([, texts]) => texts.filter((text) => fault.test(text)))
    expect(found).toEqual([])
  })
})
