import { expect, test } from 'vitest'
import { oneOf, someOf, unreadParameters } from '../../../app/_ui/unread-parameters.ts'

const parameters = { state: oneOf(['queued', 'running']), open: someOf(['scratch', 'soft-targets']) }

test.each([
  ['', []],
  ['state=queued', []],
  ['state=', ['state']],
  ['state=Queued', ['state']],
  ['state=queued&state=running', ['state']],
  ['open=', []],
  ['open=scratch,soft-targets', []],
  ['open=scratch,gone', ['open']],
  ['state=1e9&open=%00', ['state', 'open']],
  ['other=anything', []],
])('of the address “%s” the parameters %j are not understood', (address, unread) => {
  expect(unreadParameters(new URLSearchParams(address), parameters)).toEqual(unread)
})
