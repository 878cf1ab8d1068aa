import type { EngineName } from '../../core/contracts/protocol.ts'
import type { TrainerCommand } from '../protocol/trainer-messages.ts'
import { takeEvent, type Attempt } from './attempt.ts'
import { isFitAfter, runCommand, type CommandLimits } from './run-command.ts'
import { timings } from './timings.ts'
import type { TrainerEnd } from './trainer-end.ts'
import { startTrainer, type TrainerProcess } from './trainer-process.ts'
import type { TrainerEntry } from './trainer-entry.ts'

/** A place for one training at a time. Its trainer stays warm between assignments. */
export interface Slot {
  /** The assignment under way, for the heartbeat. */
  attempt: Attempt | null
  run(attempt: Attempt, command: TrainerCommand): Promise<TrainerEnd>
  /** Ends the trainer, whatever it does. Resolves when it is gone. */
  close(): Promise<void>
  /** Kills the trainer at once: for when there is no time left. */
  kill(): void
}

/** An empty slot; its first trainer starts with its first assignment. */
export const createSlot = (entry: TrainerEntry, limits: CommandLimits): Slot => {
  let trainer: TrainerProcess | null = null
  let idle: NodeJS.Timeout | null = null

  const close = async (): Promise<void> => {
    const leaving = trainer
    trainer = null
    await leaving?.end()
  }

  const warmTrainer = async (engine: EngineName): Promise<TrainerProcess> => {
    if (trainer !== null && trainer.engine !== engine) await close()
    if (trainer !== null) return trainer
    const started = startTrainer(entry, engine)
    trainer = started
    void forgetWhenGone(started)
    return started
  }

  // One that dies while it waits is not handed the next assignment.
  const forgetWhenGone = async (started: TrainerProcess): Promise<void> => {
    await started.exited
    if (trainer === started) trainer = null
  }

  return {
    attempt: null,
    async run(attempt, command) {
      if (idle !== null) clearTimeout(idle)
      const used = await warmTrainer(attempt.assignment.engine)
      const end = await runCommand(used, command, limits, {
        onEvent: (event) => takeEvent(attempt, event),
        onResident: (bytes) => {
          attempt.state.residentBytes = bytes
        },
        stop: attempt.stop,
      })
      if (!isFitAfter(end)) await close()
      idle = setTimeout(() => void close(), timings.idleMs)
      return end
    },
    close,
    kill: () => trainer?.kill('SIGKILL'),
  }
}
