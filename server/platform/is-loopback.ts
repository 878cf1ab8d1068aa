import net from 'node:net'

/** A name or address of this machine that nobody else can reach. */
export const isLoopback = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || host === '::1' || (net.isIPv4(host) && host.startsWith('127.'))
