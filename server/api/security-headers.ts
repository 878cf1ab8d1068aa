import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** For everything that is answered: not to be framed, guessed at, embedded elsewhere or told to other sites. */
export function secureAnswer(response: ServerResponse): void {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
}

/**
 * For a page: scripts are this server's files or carry the nonce of this answer. Next reads the nonce from the policy in
 * the request, the theme's script takes it from `x-nonce`; what a browser sent under these names is written over.
 * Styles may stand in the page: charts and rows set their places by style attributes.
 */
export function securePage(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  request.headers['content-security-policy'] = policy
  delete request.headers['content-security-policy-report-only']
  request.headers['x-nonce'] = nonce
  response.setHeader('content-security-policy', policy)
}
