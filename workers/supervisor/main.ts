import { createSteadyClock } from '../../core/time/steady-clock.ts'
import { describeMachine, SupervisorEnvironment } from './environment.ts'
import { createIpcGateway } from './ipc-gateway.ts'
import { startSupervisor, type Supervisor } from './supervisor.ts'
import { findTrainerEntry } from './trainer-entry.ts'

/** The supervisor's process: forked by the server, it lives exactly as long as the channel to it. */

const log = (text: string): void => void process.stderr.write(`supervisor: ${text}\n`)

let supervisor: Supervisor | null = null
let leaving = false

const leave = async (): Promise<void> => {
  if (leaving) return
  leaving = true
  await supervisor?.stop()
  process.exit(0)
}

process.on('disconnect', () => {
  supervisor?.kill()
  process.exit(1)
})
process.on('SIGTERM', () => void leave())
// Ctrl-C reaches the whole terminal group: the server decides, and says `shutdown`.
process.on('SIGINT', () => {})

if (!process.connected) {
  log('This program is started by the server, which it reports to.')
  process.exit(2)
}
const environment = SupervisorEnvironment.parse(process.env)
supervisor = await startSupervisor({
  gateway: createIpcGateway(process, {
    onWake: () => supervisor?.wake(),
    onShutdown: () => void leave(),
  }),
  machine: describeMachine(environment),
  entry: findTrainerEntry(environment.STILLHOUSE_TRAINER),
  pid: process.pid,
  clock: createSteadyClock(
    () => Date.now(),
    () => performance.now(),
  ),
  log,
})
