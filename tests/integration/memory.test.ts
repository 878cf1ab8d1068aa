import { afterEach, describe, expect, it } from 'vitest'
import { DemoDocument } from '../../core/contracts/demo-document.ts'
import {
  removeFolder,
  runTrainings,
  smallDraft,
  startTestServer,
  untilEnded,
  type TestServer,
} from '../support/server.ts'

let server: TestServer | null = null

afterEach(async () => {
  await server?.stop()
  if (server !== null) removeFolder(server.home)
  server = null
})

describe('a training that needs more memory than it may have', () => {
  it('fails with its figures and what to do, and takes the rest of the experiment down no further than it must', async () => {
    server = await startTestServer({ variables: { STILLHOUSE_MEMORY_LIMIT_MB: '420' } })
    const draft = smallDraft({ seeds: 3 })
    // About 300 MB of weights, gradients and moments; its students fit.
    draft.teacher.network.hidden = [4096, 4096]
    draft.teacher.training.steps = 100_000
    const { id, progress } = await runTrainings(server, draft)
    const statuses = Object.fromEntries(
      progress.map((arm) => [arm.armId, [...new Set(arm.cells.map((cell) => cell.status))].join()]),
    )
    expect(statuses).toEqual({
      teacher: 'failed',
      scratch: 'finished',
      'soft-targets-t4': 'blocked',
      'soft-targets-unlabelled-t4': 'blocked',
      'label-smoothing': 'finished',
    })
    const rows = await server.api.experiments.runs({ id })
    const reasonOf = async (armId: string) => {
      const runId = rows.find((row) => row.armId === armId)?.runId ?? ''
      return (await server?.api.runs.page({ runId }))?.reason ?? ''
    }
    expect(await reasonOf('teacher')).toMatch(
      /^The trainer held \d{3,} MB, more than its limit of 440 MB, and was ended\. A smaller network or batch needs less; STILLHOUSE_MEMORY_LIMIT_MB raises the limit\.$/,
    )
    expect(rows.find((row) => row.armId === 'teacher')?.attempts).toBe(1)
    expect(await reasonOf('soft-targets-t4')).toBe('Its teacher failed.')
    const document = DemoDocument.parse(await server.api.experiments.document({ id }))
    const [soft, unlabelled, smoothing] = document.comparisons
    for (const blocked of [soft, unlabelled]) {
      expect(blocked).toMatchObject({ estimate: null, word: null })
      expect(blocked?.reason).toContain('teacher failed')
    }
    expect(smoothing?.word).not.toBeNull()
  })

  it('is every training where the limit is too small for any: the experiment fails in words, not in figures', async () => {
    server = await startTestServer({ variables: { STILLHOUSE_MEMORY_LIMIT_MB: '40' } })
    const draft = smallDraft({ methods: [], seeds: 1 })
    draft.teacher.training.steps = 1_000_000
    draft.student.training.steps = 1_000_000
    const { id } = await runTrainings(server, draft)
    const page = await untilEnded(server, id)
    expect(page.status).toBe('failed')
    expect(page.progress.flatMap((arm) => arm.cells.map((cell) => cell.status))).toEqual([
      'failed',
      'failed',
      'failed',
    ])
    expect(page.after.map((job) => job.state)).toEqual(['cancelled', 'cancelled'])
    const verdict = await server.api.experiments.verdict({ id })
    expect(verdict.headline).not.toBe('')
    const { comparisons } = DemoDocument.parse(await server.api.experiments.document({ id }))
    expect(comparisons.map(({ family }) => family)).toEqual(['primary', 'nll', 'brier', 'gap'])
    expect(comparisons[0]).toMatchObject({ estimate: null, individual: null, simultaneous: null, word: null })
    expect(comparisons[0]?.reason).toContain('it ran out of memory')
    expect(verdict.next[0]?.text).toContain('STILLHOUSE_MEMORY_LIMIT_MB')
  })
})
