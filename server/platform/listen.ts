import type { Server } from 'node:http'
import { StartError } from './start-error.ts'

const portsToTry = 50
const lastPort = 65_535

/** Listens on `port`, or on the next one that is free; 0 takes any. Returns the port. Throws StartError. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  const last = Math.min(port + portsToTry - 1, lastPort)
  for (let candidate = port; candidate <= last; candidate += 1) {
    const taken = await tryListen(server, host, candidate)
    if (taken !== null) return taken
  }
  const tried = last === port ? `The port ${port} is` : `The ports ${port} to ${last} are all`
  throw new StartError(`${tried} taken. Set STILLHOUSE_PORT to a free one.`)
}

function tryListen(server: Server, host: string, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening)
      if (error.code === 'EADDRINUSE') resolve(null)
      else {
        const what = `Stillhouse cannot listen on ${host}, port ${port}: ${error.message}.`
        reject(new StartError(`${what} Set STILLHOUSE_HOST and STILLHOUSE_PORT.`, { cause: error }))
      }
    }
    const onListening = (): void => {
      server.off('error', onError)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    }
    server.once('error', onError)
    server.once('listening', onListening)
    server.listen(port, host)
  })
}
