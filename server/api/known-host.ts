import net from 'node:net'
import os from 'node:os'
import { isLoopback } from '../platform/is-loopback.ts'

/** Under which names a server may be asked. */
export interface Door {
  /** Where it listens. */
  host: string
  /** null: this machine alone; else everyone on its network, under these names beside its own. */
  open: readonly string[] | null
}

/**
 * Whether the Host of a request is a name of this server. A page of another site can make its own name resolve to this
 * machine (DNS rebinding), so a name that anyone may register counts only where the settings give it.
 */
export function isKnownHost(header: string | undefined, { host, open }: Door): boolean {
  const name = header?.replace(/:\d+$/, '').toLowerCase() ?? ''
  if (isLoopback(withoutBrackets(name))) return true
  if (open === null || name === '') return false
  const local = net.isIP(withoutBrackets(name)) !== 0 || !name.includes('.') || name.endsWith('.local')
  return local || [host, os.hostname(), ...open].some((known) => known.toLowerCase() === name)
}

/** A Host names an IPv6 address in brackets. */
const withoutBrackets = (name: string): string => name.replace(/^\[(.*)\]$/, '$1')
