import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeFolder, temporaryFolder } from '../support/server.ts'
import { readRecording, recordings, replay, type Said } from '../timing/replay.ts'

// Experiments of several sizes as they ran on a real machine (tests/golden/timing), from a fresh folder with its probe.

const said = new Map<string, Said[]>()

beforeAll(async () => {
  for (const name of recordings()) {
    const home = temporaryFolder()
    said.set(name, await replay(readRecording(name), home))
    removeFolder(home)
  }
})

afterAll(() => said.clear())

/** How many times more or less was said than came. */
const factorOf = ({ left, actualMs }: Said): number => Math.exp(Math.abs(Math.log(left.ms / actualMs)))

/** Steps are heard of once a second, and what is shown is rounded to seconds: nearer than this nothing is told apart. */
const grainMs = 2_000

const shareOf = (all: readonly Said[], holds: (one: Said) => boolean): number =>
  all.filter(holds).length / all.length

describe('an estimate, held to what came', () => {
  it('is within a factor of 1.5 at the launch, for nine of ten experiments', () => {
    const launches = [...said.values()].flat().filter(({ planned }) => planned !== null)
    expect(launches).toHaveLength(recordings().flatMap((name) => readRecording(name).experiments).length)
    expect(shareOf(launches, (one) => factorOf(one) <= 1.5)).toBeGreaterThanOrEqual(0.9)
  })

  it('is within a factor of 1.3 after a tenth of the work, nine times of ten', () => {
    const onTheWay = [...said.values()].flat().filter(({ share }) => share >= 0.1)
    expect(
      shareOf(onTheWay, (one) => factorOf(one) <= 1.3 || Math.abs(one.left.ms - one.actualMs) <= grainMs),
    ).toBeGreaterThanOrEqual(0.9)
  })

  it('takes up at the launch what the New page has promised', () => {
    for (const { planned, left } of [...said.values()].flat())
      // Where a teacher is there already, a job that will find nothing to compare stands in the queue for a moment.
      if (planned !== null) expect(left.ms / planned.ms).toBeCloseTo(1, 2)
  })
})
