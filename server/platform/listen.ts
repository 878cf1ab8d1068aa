import type { Server } from 'node:http'

const portsToTry = 50

/** Listens on `port`, or on the next one that is free; 0 takes any. Returns the port. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  for (let candidate = port; candidate < port + portsToTry; candidate += 1) {
    const taken = await tryListen(server, host, candidate)
    if (taken !== null) return taken
  }
  throw new Error(
    `The ports ${port} to ${port + portsToTry - 1} are all taken. Set STILLHOUSE_PORT to a free one.`,
  )
}

function tryListen(server: Server, host: string, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening)
      if (error.code === 'EADDRINUSE') resolve(null)
      else reject(error)
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
