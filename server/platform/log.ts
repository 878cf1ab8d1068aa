import fs from 'node:fs'
import path from 'node:path'
import pino, { type Logger } from 'pino'

/** JSON lines into logs/server.log of the state folder; errors also on standard error, in words. */
export function createLog(folder: string, level: string): Logger {
  fs.mkdirSync(folder, { recursive: true })
  const file = pino.destination({ dest: path.join(folder, 'server.log'), mkdir: true, sync: true })
  // A full disk must not end the server: what cannot be logged is dropped.
  file.on('error', () => undefined)
  // Nor must a terminal that was closed, or a reader of the output that has ended (EPIPE).
  if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => undefined)
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream([
      { level: 'debug', stream: file },
      { level: 'error', stream: { write: (line) => process.stderr.write(inWords(line)) } },
    ]),
  )
}

function inWords(line: string): string {
  const { msg, err }: { msg?: string; err?: { message?: string } } = JSON.parse(line)
  const said = new Set([msg, err?.message].filter((part) => part !== undefined))
  return `${[...said].join(': ')}\n`
}
