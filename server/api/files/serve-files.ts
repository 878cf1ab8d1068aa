import fs from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { readProtocol } from '../../domain/experiments/read-protocol.ts'
import { findArtifact } from '../../domain/runs/find-artifact.ts'
import { readLogText } from '../../domain/runs/read-log-text.ts'
import type { Context } from '../../domain/context.ts'
import { DomainError, type DomainErrorCode } from '../../platform/domain-error.ts'

const artifactRoute = /^\/api\/runs\/([a-z0-9]+)\/artifacts\/([a-z0-9._/-]+)$/
const logRoute = /^\/api\/runs\/([a-z0-9]+)\/log\.txt$/
const protocolRoute = /^\/api\/experiments\/([a-z0-9]+)\/protocol\.json$/

const statuses: Record<DomainErrorCode, number> = {
  'not-found': 404,
  'bad-input': 400,
  conflict: 409,
  unavailable: 503,
  damaged: 500,
}

/** Downloads: a run's files and log, an experiment's protocol (its canonical bytes). False when the path is none of these. */
export async function serveFiles(
  ctx: Context,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<boolean> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const artifact = artifactRoute.exec(pathname)
  const log = logRoute.exec(pathname)
  const protocol = protocolRoute.exec(pathname)
  if (artifact === null && log === null && protocol === null) return false
  try {
    if (artifact !== null) await sendArtifact(ctx, response, artifact[1] ?? '', artifact[2] ?? '')
    else if (log !== null)
      sendText(response, 'text/plain; charset=utf-8', readLogText(ctx, { runId: log[1] ?? '' }), 'log.txt')
    else {
      const { canonical } = readProtocol(ctx, protocol?.[1] ?? '')
      sendText(response, 'application/json', canonical, 'protocol.json')
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    response
      .writeHead(statuses[error.code], { 'content-type': 'text/plain; charset=utf-8' })
      .end(`${error.message}\n`)
  }
  return true
}

async function sendArtifact(
  ctx: Context,
  response: ServerResponse,
  runId: string,
  name: string,
): Promise<void> {
  const { file, sizeBytes, sha256 } = findArtifact(ctx, { runId, name })
  response.writeHead(200, {
    'content-type': name.endsWith('.json') ? 'application/json' : 'application/octet-stream',
    'content-length': sizeBytes,
    'content-disposition': `attachment; filename="${runId}-${name.replaceAll('/', '-')}"`,
    etag: `"${sha256}"`,
  })
  await pipeline(fs.createReadStream(file), response)
}

function sendText(response: ServerResponse, type: string, text: string, filename: string): void {
  response
    .writeHead(200, { 'content-type': type, 'content-disposition': `attachment; filename="${filename}"` })
    .end(text)
}
