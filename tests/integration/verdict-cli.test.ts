import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VerdictResult } from '../../core/contracts/verdict-problem.ts'
import { saidProblem } from '../support/said.ts'

const program = path.join(import.meta.dirname, '..', '..', 'bin', 'stillhouse.js')
let folder = ''

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stillhouse-verdict-'))
  // Builds what is stale, so that no test counts that.
  run([], JSON.stringify(problem()))
})

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, STILLHOUSE_HOME: path.join(folder, 'home') })

function run(args: string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, 'verdict', ...args], {
    cwd: folder,
    env: environment(),
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
}

const rows = (seeds: number, examples: number, right: number): number[][] =>
  Array.from({ length: seeds }, (_, s) =>
    Array.from({ length: examples }, (__, i) => ((i * 37 + s * 11 + right) % 100 < right + (s % 3) ? 1 : 0)),
  )

/** Seeds of an arm that is now better, now worse than the control. */
const noisy = (seeds: number, examples: number): number[][] =>
  Array.from({ length: seeds }, (_, s) => rows(1, examples, 40 + 10 * s)[0] ?? [])

const problem = () => ({
  alpha: 0.05,
  margin: 0.05,
  higherIsBetter: true,
  paired: true,
  control: rows(5, 60, 60),
  methods: { kd: rows(5, 60, 75), smoothing: rows(5, 60, 61) },
  teacher: rows(1, 60, 90)[0] ?? [],
})

const parsed = <Result>(text: string): Result => JSON.parse(text) as Result

describe('stillhouse verdict', () => {
  it('prints the result of a file as one JSON document and nothing else', () => {
    const file = path.join(folder, 'problem.json')
    fs.writeFileSync(file, JSON.stringify(problem()))
    const { status, stdout, stderr } = run([file])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(parsed<VerdictResult>(stdout)).toEqual(saidProblem(problem()))
  })

  it('reads standard input where the file is left out or is -', () => {
    const text = JSON.stringify(problem())
    const piped = run([], text)
    expect(piped.status).toBe(0)
    expect(run(['-'], text).stdout).toBe(piped.stdout)
    expect(run(['-'], `\uFEFF${text}`).stdout).toBe(piped.stdout)
  })

  it('answers a list of problems with the list of their results', () => {
    const unpaired = { ...problem(), paired: false }
    const { stdout } = run([], JSON.stringify([problem(), unpaired]))
    const results = parsed<VerdictResult[]>(stdout)
    expect(results.map(({ comparisons }) => comparisons[0]?.paired)).toEqual([true, false])
  })

  it('prints a table with the words and the sentences', () => {
    const { status, stdout } = run(['--table'], JSON.stringify(problem()))
    expect(status).toBe(0)
    const [comparison] = saidProblem(problem()).comparisons
    expect(stdout).toMatch(/^method +difference +95 % alone +95 % corrected/m)
    expect(stdout).toMatch(new RegExp(`^kd .*${comparison?.word ?? '?'}$`, 'm'))
    expect(stdout).toContain(comparison?.sentence)
  })

  it('shows seeds beside inconclusive alone, under a header that names the difference', () => {
    const open = { ...problem(), methods: { noise: rows(5, 60, 75), smoothing: noisy(5, 60) } }
    const { comparisons } = saidProblem(open)
    expect(comparisons.map(({ word }) => word)).toEqual(['helped', 'inconclusive'])
    const lines = run(['--table'], JSON.stringify(open)).stdout.split('\n')
    const at = lines.findIndex((line) => line.startsWith('method'))
    const column = lines[at]?.indexOf('seeds to show ±0.05') ?? -1
    expect(column).toBeGreaterThan(0)
    expect(lines[at + 1]?.slice(column).startsWith(' ')).toBe(true)
    expect(lines[at + 2]?.slice(column)).toMatch(/^(\d|test set|over)/)
    const closed = { ...open, methods: { noise: rows(5, 60, 75) } }
    expect(run(['--table'], JSON.stringify(closed)).stdout).not.toContain('seeds to show')
  })

  it('rounds the figures of the table as the sentence does, and gives the estimate of the gap recovered', () => {
    const { stdout } = run(['--table'], JSON.stringify(problem()))
    const smoothing = /^smoothing .*$/m.exec(stdout)?.[0] ?? ''
    const { sentence, gapRecovered } = saidProblem(problem()).comparisons[1] ?? {}
    const said = sentence?.match(/[+\u2212]\d+\.\d+/g) ?? []
    expect(said).toHaveLength(3)
    for (const figure of said) expect(smoothing).toContain(figure)
    expect(smoothing).toContain(` +${gapRecovered?.estimate?.toFixed(2)} (`)
  })

  it('aligns the columns of the table beside names of wide characters', () => {
    const wide = {
      ...problem(),
      methods: { 蒸留: rows(5, 60, 75), '🙂 kd': rows(5, 60, 75), abcdef: rows(5, 60, 75) },
    }
    const lines = run(['--table'], JSON.stringify(wide)).stdout.split('\n')
    // Places of a terminal before the first figure: four for two wide characters, five for the face and " kd".
    expect(lines.find((line) => line.startsWith('蒸留'))).toMatch(/^蒸留 {4}\S/)
    expect(lines.find((line) => line.startsWith('🙂'))).toMatch(/^🙂 kd {3}\S/u)
    expect(lines.find((line) => line.startsWith('abcdef'))).toMatch(/^abcdef {2}\S/)
  })

  it('says once in the table that scores are equal', () => {
    const same = { ...problem(), methods: { same: rows(5, 60, 60) } }
    const { stdout } = run(['--table'], JSON.stringify(same))
    expect(stdout.match(/equal scores on 60 examples/g)).toHaveLength(1)
  })

  it('shows control characters of a name escaped in the table and as they are in JSON', () => {
    const name = 'kd\n\u001b[2J\u009b'
    const text = JSON.stringify({ ...problem(), methods: { [name]: rows(5, 60, 75) } })
    const { stdout } = run(['--table'], text)
    expect(stdout).toMatch(/^kd\\u000a\\u001b\[2J\\u009b .*helped$/m)
    expect(stdout).toContain('kd\\u000a\\u001b[2J\\u009b improved')
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    expect(parsed<VerdictResult>(run([], text).stdout).comparisons[0]?.arm).toBe(name)
  })

  it('prints nothing as the table of no problem', () => {
    expect(run(['--table'], '[]')).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })

  it('gives figures without a word, and no error, for two seeds', () => {
    const two = { ...problem(), control: rows(2, 60, 60), methods: { kd: rows(2, 60, 75) } }
    const { status, stdout } = run([], JSON.stringify(two))
    expect(status).toBe(0)
    expect(parsed<VerdictResult>(stdout).comparisons[0]).toMatchObject({
      word: null,
      reason: '2 seeds cannot decide',
    })
  })

  it('leaves no state behind', () => {
    run([], JSON.stringify(problem()))
    expect(fs.existsSync(path.join(folder, 'home'))).toBe(false)
    expect(fs.existsSync(path.join(folder, '.stillhouse'))).toBe(false)
  })

  it('ends quietly when its reader has seen enough', async () => {
    const many = JSON.stringify(Array.from({ length: 300 }, problem))
    const child = spawn(process.execPath, [program, 'verdict'], { cwd: folder, env: environment() })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const exited = once(child, 'exit')
    child.stdin.end(many)
    await once(child.stdout, 'data')
    child.stdout.destroy()
    expect(await exited).toEqual([0, null])
    expect(stderr).toBe('')
  })
})

describe('stillhouse verdict on bad input', () => {
  const text = JSON.stringify(problem())
  const swap = (from: string | RegExp, to: string): string => text.replace(from, to)
  const bad: [string, string, RegExp][] = [
    ['an empty file', ' \n', /empty/],
    ['text that is not JSON', '{"alpha": NaN}', /not JSON/],
    ['a number', '3', /^problem: a number, not an object with the keys alpha, .*, methods$/m],
    [
      'an unknown key',
      swap('"alpha"', '"colour":1,"alpha"'),
      /^problem\.colour: unknown, the keys are alpha/,
    ],
    ['a key left out', swap('"paired":true,', ''), /^problem\.paired is missing: true or false$/m],
    [
      'a list for an object',
      swap(/"methods":.*?\}/, '"methods":[]'),
      /^problem\.methods: a list, not an object/,
    ],
    ['a number for a row', swap('"kd":[[', '"kd":[3,['), /^problem\.methods\.kd\[0\]: a number, not a list/],
    [
      'a margin past the largest number',
      swap('"margin":0.05', '"margin":1e999'),
      /^problem\.margin: Infinity,/,
    ],
    ['a method without a name', swap('"kd"', '" "'), /^problem\.methods: " " cannot be the name of a method/],
    [
      'a method with a name that is not seen',
      swap('"kd"', '"\u200b"'),
      /^problem\.methods: "\\u\{200b\}" cannot be the name of a method/,
    ],
    [
      'methods whose names look alike',
      swap('"kd"', '"kd ": [[0, 1], [1, 0]], "kd\u200b"'),
      /^problem\.methods: "kd " and "kd\\u\{200b\}" look alike/,
    ],
    [
      'control characters in a name',
      swap('"kd":[[', '"k\\u001bd":[3,['),
      /^problem\.methods\.k\\u001bd\[0\]/,
    ],
    ['control characters in what is not JSON', '\u001b[2J', /not JSON: [^\p{Cc}]*\n$/u],
    ['a margin of 0', swap('"margin":0.05', '"margin":0'), /margin: 0/],
    ['an alpha of 1', swap('"alpha":0.05', '"alpha":1'), /alpha: 1/],
    ['a null among the scores', swap('"kd":[[0', '"kd":[[null'), /methods\.kd\[0\]\[0\]: null/],
    ['a string among the scores', swap('"kd":[[0', '"kd":[["1"'), /methods\.kd\[0\]\[0\]: "1"/],
    ['a score past the largest number', swap('"kd":[[0', '"kd":[[1e999'), /methods\.kd\[0\]\[0\]: Infinity/],
    ['ragged rows', swap('"kd":[[0,', '"kd":[['), /methods\.kd\[0\]: 59 examples/],
    ['a teacher of another length', swap('"teacher":[', '"teacher":[1,'), /teacher: 61 examples/],
    [
      'a teacher that is no list',
      text.replace(/"teacher":.*/, '"teacher":null}'),
      /^problem\.teacher: null, not a list of numbers/,
    ],
    ['no method', text.replace(/"methods":\{.*?\}/, '"methods":{}'), /methods/],
    [
      'a method named twice',
      swap('"smoothing"', '"kd"'),
      /^problem\.methods: "kd" is named twice; give every method a name of its own$/m,
    ],
    ['a name written twice in two ways', swap('"smoothing"', '"k\\u0064"'), /"kd" is named twice/],
    [
      'a key given twice',
      swap('"alpha"', '"margin":0.2,"alpha"'),
      /^problem: "margin" is given twice; leave/m,
    ],
    [
      'a method named twice in one of several',
      `[3, ${text}, ${swap('"smoothing"', '"kd"')}]`,
      /^problems\[2\]\.methods: "kd" is named twice/m,
    ],
    ['a method whose name objects reserve', swap('"kd"', '"__proto__"'), /__proto__/],
  ]

  it.each(bad)('says what is wrong with %s, exits with 2 and prints no result', (_, input, message) => {
    const { status, stdout, stderr } = run([], input)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('names every problem of a list that is at fault, by its index, and prints none of the others', () => {
    const list = [problem(), { ...problem(), margin: -1 }, problem(), { ...problem(), control: [[1]] }]
    const { status, stdout, stderr } = run([], JSON.stringify(list))
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^problems\[1\]: margin: -1 .*\nproblems\[3\]: control\[0\]: 1 example/)
  })

  it('names a file that is not there', () => {
    const { status, stdout, stderr } = run(['nowhere.json'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^nowhere\.json cannot be read/)
  })
})
