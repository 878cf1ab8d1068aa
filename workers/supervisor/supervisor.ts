import { setTimeout as wait } from 'node:timers/promises'
import type { Assignment } from '../../core/contracts/work-request.ts'
import type { GatewayOutput, WorkerGateway } from '../protocol/gateway-messages.ts'
import type { Outcome } from '../../core/contracts/work-report.ts'
import { createAttempt, finalOutcome, type Attempt } from './attempt.ts'
import { createBackOff } from './back-off.ts'
import type { Machine } from './environment.ts'
import { GatewayRefusal } from './ipc-gateway.ts'
import { outcomeOf } from './outcome-of.ts'
import { runProfile } from './run-profile.ts'
import type { WorkerClock } from './reporter.ts'
import { createSlot, type Slot } from './slot.ts'
import { textOf } from './text-of.ts'
import { timings } from './timings.ts'
import type { TrainerEntry } from './trainer-entry.ts'

export interface SupervisorOptions {
  gateway: WorkerGateway
  machine: Machine
  entry: TrainerEntry
  pid: number
  clock: WorkerClock
  log: (text: string) => void
}

export interface Supervisor {
  /** There may be work, or something to cancel. */
  wake(): void
  /** Claims nothing more and ends the trainers; resolves when they are gone. */
  stop(): Promise<void>
  /** Ends the trainers at once. */
  kill(): void
}

/** Says hello and keeps the slots busy. Resolves once the server has answered; tries until then. */
export const startSupervisor = async (options: SupervisorOptions): Promise<Supervisor> => {
  const { gateway, machine, entry, clock, log } = options
  const settings = await sayHello(options)
  const slots: Slot[] = Array.from({ length: machine.cores }, () => createSlot(entry, settings))
  let stopping = false
  let claiming: Promise<void> | null = null
  let claimAgain = false

  const freeSlots = (): Slot[] => slots.filter((slot) => slot.attempt === null)
  const isMeasuring = (): boolean => slots.some((slot) => slot.attempt?.assignment.kind === 'profile')

  const runIn = async (slot: Slot, attempt: Attempt): Promise<void> => {
    const { assignment } = attempt
    const outcome =
      assignment.kind === 'profile'
        ? await runProfile(slot, attempt, assignment)
        : outcomeOf(
            await slot.run(
              attempt,
              assignment.kind === 'train'
                ? { type: 'train', request: assignment.request }
                : { type: 'fidelity', request: assignment.request },
            ),
          )
    if (stopping) return
    await attempt.reporter.drain()
    await finish(attempt, finalOutcome(attempt, outcome))
    slot.attempt = null
    claim()
  }

  const finish = async (attempt: Attempt, outcome: Outcome): Promise<void> => {
    const backOff = createBackOff()
    const { attemptId } = attempt.assignment
    const startedAt = clock.elapsed()
    for (;;) {
      try {
        await gateway.finish({ attemptId, outcome })
        return
      } catch (error) {
        if (error instanceof GatewayRefusal && clock.elapsed() - startedAt >= timings.giveUpMs) {
          log(`The server did not take the end of attempt ${attemptId}: ${textOf(error)}`)
          return
        }
        await wait(backOff.next())
      }
    }
  }

  const begin = (slot: Slot, assignment: Assignment): void => {
    const attempt = createAttempt(assignment, gateway, clock)
    slot.attempt = attempt
    runIn(slot, attempt).catch(async (error: unknown) => {
      log(`Attempt ${assignment.attemptId}: ${textOf(error)}`)
      await finish(attempt, { type: 'failed', reason: 'lost', text: textOf(error) })
      slot.attempt = null
    })
  }

  const beginAll = async (assignments: Assignment[]): Promise<void> => {
    for (const assignment of assignments) {
      // A profile wants a quiet machine: not even a warm trainer beside it.
      if (assignment.kind === 'profile') await Promise.all(freeSlots().map((slot) => slot.close()))
      const slot = freeSlots()[0]
      if (slot === undefined)
        log(`No slot for attempt ${assignment.attemptId}: more was handed out than asked for.`)
      else begin(slot, assignment)
    }
  }

  const claimAll = async (): Promise<void> => {
    const backOff = createBackOff()
    do {
      claimAgain = false
      const free = freeSlots().length
      if (stopping || free === 0 || isMeasuring()) return
      try {
        const assignments = await gateway.claim({ free, busy: slots.length - free })
        await beginAll(assignments)
        if (assignments.length > 0) claimAgain = true
        backOff.reset()
      } catch (error) {
        log(`Could not claim: ${textOf(error)}`)
        claimAgain = true
        await wait(backOff.next())
      }
    } while (claimAgain)
  }

  const claim = (): void => {
    claimAgain = true
    claiming ??= claimAll().finally(() => {
      claiming = null
    })
  }

  const heartbeat = async (): Promise<void> => {
    const attempts = slots.flatMap((slot) => (slot.attempt === null ? [] : [slot.attempt]))
    try {
      const { stop } = await gateway.heartbeat({ slots: attempts.map((attempt) => ({ ...attempt.state })) })
      for (const attempt of attempts) {
        if (stop.includes(attempt.assignment.attemptId)) attempt.cancel()
      }
    } catch (error) {
      log(`Heartbeat: ${textOf(error)}`)
    }
  }

  const timer = setInterval(() => {
    void heartbeat()
    claim()
  }, settings.heartbeatMs)
  claim()

  return {
    wake() {
      void heartbeat()
      claim()
    },
    async stop() {
      stopping = true
      clearInterval(timer)
      await Promise.all(slots.map((slot) => slot.close()))
    },
    kill() {
      stopping = true
      for (const slot of slots) slot.kill()
    },
  }
}

const sayHello = async (options: SupervisorOptions): Promise<GatewayOutput<'hello'>> => {
  const { gateway, machine, pid, log } = options
  const backOff = createBackOff()
  for (;;) {
    try {
      return await gateway.hello({ pid, ...machine })
    } catch (error) {
      log(`Hello: ${textOf(error)}`)
      await wait(backOff.next())
    }
  }
}
