import { expect, test } from 'vitest'
import { oneOf, someOf, unreadParameters } from '../../../app/_ui/unread-parameters.ts'

const parameters = { state: oneOf(['queued', 'running']), open: someOf(['scratch', 'soft-targets']) }

test.each([
  ['', []],
  ['state=queued', []],
  ['state=', ['state']],
  ['state=Queued', ['state']],
  ['state=x&state=running', ['state']],
  ['open=', []],
  ['open=scratch,soft-targets', []],
  ['open=scratch,gone', ['open']],
  ['state=1e9&open=%00', ['state', 'open']],
  ['other=anything', []],
])('of the address “%s” the parameters %j are not understood', (address, unread) => {
  expect(unreadParameters(new URLSearchParams(address), parameters)).toEqual({ unread, doubled: [] })
})

test('of a parameter that is there twice the first counts', () => {
  const found = unreadParameters(new URLSearchParams('state=queued&state=x'), parameters)
  expect(found).toEqual({ unread: [], doubled: ['state'] })
})
