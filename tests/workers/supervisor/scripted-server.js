// The other end of the channel: what it answers is written in the attempt's id.
const conducts = {
  accept: ({ id }) => process.send({ type: 'answer', id, output: { accepted: true } }),
  refuse: ({ id }) => process.send({ type: 'refusal', id, code: 'conflict', text: 'The attempt is over.' }),
  nonsense: ({ id }) => process.send({ type: 'answer', id, output: { accepted: 'perhaps' } }),
  silent: () => {},
  leave: () => process.exit(0),
  wake: ({ id }) => {
    process.send({ type: 'gibberish' })
    process.send({ type: 'wake' })
    process.send({ type: 'shutdown' })
    process.send({ type: 'answer', id, output: { accepted: true } })
  },
}
process.on('message', (call) => conducts[call.input.attemptId](call))
