import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// A trainer program whose conduct is written in the run's id, for what the real one must not do.
const send = (message) => process.send?.(message)
process.on('disconnect', () => process.exit(0))
send({ type: 'ready', engine: { name: process.env.STILLHOUSE_ENGINE, version: 'scripted' } })

const result = {
  steps: 1000,
  epochs: 1,
  parameters: 1,
  sizeBytes: 4,
  macs: 1,
  weightsSha256: 'a'.repeat(64),
  figures: {},
}
const progress = (step) => send({ type: 'progress', step, steps: 1000, stepMs: 1, tensors: 5 })
let ticking
const kept = []

const conducts = {
  talk() {
    for (let step = 1; step <= 1000; step++) {
      send({ type: 'metrics', points: [{ key: 'train/loss', step, value: 1 / step }] })
    }
    progress(1000)
    send({ type: 'log', level: 'info', text: `pid ${process.pid}` })
    send({ type: 'log', level: 'info', text: Object.keys(process.env).sort().join(' ') })
    send({ type: 'trained', result })
  },
  hang() {
    progress(7)
    for (;;);
  },
  'exit-3'() {
    process.stderr.write('something broke here\n', () => process.exit(3))
  },
  'exit-0': () => process.exit(0),
  'kill-itself': () => process.kill(process.pid, 'SIGKILL'),
  'heap-full'() {
    process.stderr.write('FATAL ERROR: Reached heap limit - JavaScript heap out of memory\n', () =>
      process.abort(),
    )
  },
  'eat-memory'() {
    ticking = setInterval(() => {
      kept.push(Buffer.alloc(40_000_000, 1))
      progress(kept.length)
    }, 50)
  },
  wait() {
    send({ type: 'log', level: 'info', text: `pid ${process.pid}` })
    ticking = setInterval(() => progress(1), 50)
  },
  stubborn() {
    ticking = setInterval(() => progress(1), 50)
    process.on('SIGTERM', () => {})
  },
  babble: () => send({ type: 'no such message' }),
}

/** The first process that comes here with this number dies of it. */
function killOnce(number) {
  const mark = join(tmpdir(), `scripted-trainer-${number}`)
  if (existsSync(mark)) {
    rmSync(mark)
    return
  }
  writeFileSync(mark, '')
  process.kill(process.pid, 'SIGKILL')
}

process.on('message', (command) => {
  if (command.type === 'train') conducts[command.request.runId]()
  if (command.type === 'fidelity') send({ type: 'fidelity-measured', runs: [] })
  if (command.type === 'profile') {
    send({
      type: 'log',
      level: 'info',
      text: `pid ${process.pid} width ${command.request.network.hidden[0]}`,
    })
    if (command.request.network.hidden[0] === 1000) killOnce(command.request.seed)
    if (command.request.network.hidden[0] === 2000) process.exit(3)
    send({ type: 'profiled', latency: { p50Ms: 1, p90Ms: 2, throughput: 3 } })
  }
  if (command.type === 'cancel' && !process.listenerCount('SIGTERM')) {
    clearInterval(ticking)
    send({ type: 'cancelled' })
  }
  if (command.type === 'exit') process.exit(0)
})
