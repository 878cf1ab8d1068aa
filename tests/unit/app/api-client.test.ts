import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApiClient } from '../../../app/_features/api/create-api-client.ts'
import { presetState } from '../../../app/_features/new-experiment/presets.ts'
import { MOST_ADDED } from '../../../app/_features/new-experiment/arms/method-fields.ts'
import type { FormState } from '../../../app/_features/new-experiment/form-state.ts'
import { toDraft } from '../../../app/_features/new-experiment/to-draft.ts'
import { ExperimentDraft } from '../../../core/contracts/protocol.ts'

let server: Server
let asked: string[]

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify([{ result: { data: { json: null } } }]))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(() => server.close())

function origin(): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return `http://127.0.0.1:${address.port}`
}

const mnist = presetState('mnist')
const network = {
  ...mnist.teacher,
  hidden: Array.from({ length: 8 }, () => '8192').join(', '),
  dropout: '0.12345678901234567',
  learningRate: '0.00012345678901234567',
  optimizer: 'sgd' as const,
  momentum: '0.12345678901234567',
  weightDecay: '0.00012345678901234567',
}
const soft = {
  temperature: '123.45678901234567',
  hardLabelWeight: '0.12345678901234567',
  softTargetWeight: '0.12345678901234567',
}
/** As many arms as the form lets one add, all numbers with all digits, a question of 300 letters that need 9 signs each. */
const longest: FormState = {
  ...mnist,
  question: '問'.repeat(300),
  teacher: network,
  student: network,
  methods: {
    many: { soft: Array.from({ length: MOST_ADDED }, () => soft) },
    groups: {
      unlabelled: {
        settings: { ...soft, unlabelledShare: '0.12345678901234567' },
        chosen: ['soft', 'hard'],
      },
    },
    always: { smoothing: '0.12345678901234567' },
  },
}

test('the longest form that is allowed fits into the address of a preview', async () => {
  const { draft } = toDraft(longest, 53_912)
  expect(draft?.methods).toHaveLength(40)
  await createApiClient(origin()).experiments.preview.query(ExperimentDraft.parse(draft))
  expect(asked).toHaveLength(1)
  // With 2 kB for the browser's own headers it is within the 16 kB that Node takes.
  expect(asked[0]?.length).toBeLessThan(14_000)
})
