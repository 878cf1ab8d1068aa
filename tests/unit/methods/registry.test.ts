import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert, double, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAddress, toAddress } from '../../../app/_features/new-experiment/form-address.ts'
import { alwaysOffers, armOffers } from '../../../app/_features/new-experiment/arms/offers.ts'
import { methodParameters } from '../../../app/_features/new-experiment/arms/methods-address.ts'
import { presetState } from '../../../app/_features/new-experiment/presets.ts'
import { ArmId, Method } from '../../../core/contracts/arm.ts'
import type { FieldSpec } from '../../../core/methods/field.ts'
import { formulaText } from '../../../core/methods/formula.ts'
import { cardOf, methods, openMethod } from '../../../core/methods/registry.ts'
import { protocolText } from '../../../core/methods/words.ts'
import { within } from '../../../core/numbers/range.ts'
import { everyMethod, methodTitle } from '../../support/methods.ts'

const settings = methods.flatMap(({ name, stored }) => stored.map((setting) => ({ name, ...setting })))
const inRange = ({ range }: FieldSpec) =>
  double({
    min: range.min,
    max: range.max,
    noNaN: true,
    minExcluded: range.open === 'min' || range.open === 'both',
    maxExcluded: range.open === 'max' || range.open === 'both',
  }).map((value) => value + 0)

describe('the registry', () => {
  test.each(['name', 'label'] as const)('has no two methods with one %s', (part) => {
    const found = methods.map((card) => card[part])
    expect(new Set(found).size).toBe(methods.length)
  })

  test('has one control, without settings and without a teacher', () => {
    const controls = methods.filter(({ role }) => role === 'control')
    expect(controls.map(({ stored, needs }) => ({ settings: stored.length, needs }))).toEqual([
      { settings: 0, needs: { teacher: 'none', unlabelled: false } },
    ])
  })

  test('gives names that can stand in the id of an arm, and settings whose slugs differ', () => {
    for (const { name, listed } of methods) {
      expect(ArmId.safeParse(name).success).toBe(true)
      const slugs = listed.map(({ spec }) => spec.slug)
      expect(new Set(slugs).size).toBe(slugs.length)
    }
  })

  test('lists every setting once for people, whatever its order in the protocol', () => {
    for (const { stored, listed } of methods)
      expect(listed.map(({ key }) => key).sort()).toEqual(stored.map(({ key }) => key).sort())
  })

  test('a method that learns from a teacher has a weight for what the teacher says, and no other has one', () => {
    for (const { stored, needs } of methods)
      expect(stored.some(({ spec }) => spec.weighsTheTeacher === true)).toBe(needs.teacher !== 'none')
  })

  test('knows no other name', () => {
    expect(() => cardOf('alchemy')).toThrow(RangeError)
  })
})

describe.each(settings)('the setting $key of $name', ({ spec }) => {
  test('may be stored wherever a person may choose it, and may start as it does', () => {
    for (const start of spec.starts) expect(within(start, spec.range)).toBe(true)
    assert(property(inRange(spec), (value) => spec.schema.safeParse(value).success))
  })

  test('has another word for another value', () => {
    assert(
      property(
        inRange(spec),
        inRange(spec),
        (one, other) => one === other || spec.word(one) !== spec.word(other),
      ),
    )
  })
})

// Hashes of runs stand on the names and the order of what is stored.
test('what protocols store of a method keeps its names and its order', () => {
  expect(Object.fromEntries(methods.map(({ name, start }) => [name, Object.keys(start)]))).toMatchObject({
    scratch: ['name'],
    'label-smoothing': ['name', 'smoothing'],
    'soft-targets': ['name', 'temperature', 'hardLabelWeight', 'softTargetWeight'],
    'soft-targets-unlabelled': [
      'name',
      'temperature',
      'hardLabelWeight',
      'softTargetWeight',
      'unlabelledShare',
    ],
    'hard-labels-unlabelled': [
      'name',
      'temperature',
      'hardLabelWeight',
      'softTargetWeight',
      'unlabelledShare',
    ],
  })
})

const cases = everyMethod.flatMap((method) =>
  method === null ? [] : [{ title: methodTitle(method), method }],
)

describe.each(cases)('$title', ({ method }) => {
  test('is the same after it was stored, and nothing can be added to it or left out', () => {
    const stored: unknown = JSON.parse(JSON.stringify(method))
    expect(Method.parse(stored)).toEqual(method)
    expect(Method.safeParse({ ...method, further: 1 }).success).toBe(false)
    for (const key of Object.keys(method)) {
      const { [key]: _left, ...rest }: Record<string, unknown> = { ...method }
      expect(Method.safeParse(rest).success).toBe(false)
    }
  })

  test('has a formula for each kind of example that it uses', () => {
    const { card, formula } = openMethod(method)
    expect(formula().map(({ examples }) => examples)).toEqual(
      card.needs.unlabelled ? ['labelled', 'unlabelled'] : ['all'],
    )
    expect(formulaText(formula())).not.toContain('undefined')
  })

  test('has every setting with its value on the page of the protocol', () => {
    const { stored } = openMethod(method)
    const text = protocolText(openMethod(method))
    expect(text).not.toBe('')
    for (const { key, value } of stored) expect(text).toMatch(new RegExp(`${key}( .)? ${value}`))
  })
})

describe('the form', () => {
  test('offers every method once', () => {
    const offered = [
      ...alwaysOffers.map(({ card }) => card.name),
      ...armOffers.flatMap((offer) =>
        offer.kind === 'many' ? [offer.card.name] : offer.members.map(({ card }) => card.name),
      ),
    ]
    expect(offered.sort()).toEqual(methods.map(({ name }) => name).sort())
  })

  test('lets a method that is always there have one setting at most, since its arms are the values of one', () => {
    for (const { card } of alwaysOffers) expect(card.stored.length).toBeLessThanOrEqual(1)
  })

  test('shares settings only between methods that have the same', () => {
    for (const offer of armOffers)
      if (offer.kind === 'group')
        for (const { card } of offer.members)
          expect(card.stored.map(({ key, spec }) => [key, spec.starts[0]])).toEqual(
            offer.stored.map(({ key, spec }) => [key, spec.starts[0]]),
          )
  })

  test('has a parameter of its own in the address for each method and shared setting', () => {
    const keys = methodParameters(presetState('digits').methods).map(([key]) => key)
    expect(new Set(keys).size).toBe(keys.length)
    // A parameter that stood for something else too would come back changed.
    for (const key of keys) {
      const { form, dropped } = readAddress(new URLSearchParams({ from: 'digits', [key]: '' }))
      expect(dropped).toEqual([])
      expect({ ...form, methods: null }).toEqual({ ...presetState('digits'), methods: null })
      expect(readAddress(toAddress(form)).form).toEqual(form)
    }
  })
})

test('the table of docs/distillation.md is that of the registry', () => {
  const docs = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'distillation.md'), 'utf8')
  const lines = docs.split('\n').map((line) => line.replaceAll(/ +\|/g, ' |').replaceAll(/-{4,}/g, '---'))
  const from = lines.indexOf('| method | term of a labelled example | term of an unlabelled example |')
  const rows = lines.slice(from + 2, lines.indexOf('', from))
  expect(rows).toEqual(
    methods.map(({ name, role, terms }) => {
      const who = role === 'control' ? `teacher, \`${name}\`` : `\`${name}\``
      return `| ${who} | ${terms.labelled} | ${terms.unlabelled ?? '–'} |`
    }),
  )
})
