import {
  initTRPC,
  TRPCError,
  type TRPCCombinedDataTransformer as CombinedDataTransformer,
} from '@trpc/server'
import { deserialize, serialize } from 'superjson'
import { ZodError } from 'zod'
import type { Context } from '../../domain/context.ts'
import { whyHeld } from '../../domain/why-held.ts'
import { DomainError, type DomainErrorCode } from '../../platform/domain-error.ts'

const codes: Record<DomainErrorCode, TRPCError['code']> = {
  'not-found': 'NOT_FOUND',
  'bad-input': 'BAD_REQUEST',
  conflict: 'CONFLICT',
  unavailable: 'SERVICE_UNAVAILABLE',
  damaged: 'INTERNAL_SERVER_ERROR',
}

/** What a request brings was parsed for this call alone: it need not be copied before its dates are put in. */
const transformer: CombinedDataTransformer = {
  input: { serialize, deserialize: openEnvelope },
  output: { serialize, deserialize },
}

const t = initTRPC.context<Context>().create({
  transformer,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: messageOf(shape.message, error.cause),
    data: {
      ...shape.data,
      stack: undefined,
      problems: problemsOf(error.cause),
      experimentId: error.cause instanceof DomainError ? error.cause.experimentId : null,
    },
  }),
})

/** Inputs travel as superjson writes them: `{ "json": … }`, and `meta` for what JSON has no word for. */
function openEnvelope(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    const is = sent === null ? 'null' : Array.isArray(sent) ? 'a list' : `a ${typeof sent}`
    throw new TRPCError({
      code: 'BAD_REQUEST',
      message: `An input is an object, { "json": … } with what is asked for; this is ${is}.`,
    })
  }
  try {
    return deserialize({ json: null, ...sent }, { inPlace: true })
  } catch (cause) {
    const message =
      'The "meta" of this input does not fit its "json". Leave it out, or send both as superjson writes them.'
    throw new TRPCError({ code: 'BAD_REQUEST', message, cause })
  }
}

/** What zod found first, in words, instead of all it knows as JSON. */
function messageOf(message: string, cause: unknown): string {
  if (cause instanceof SyntaxError) return `This is not JSON: ${cause.message}.`
  if (!(cause instanceof ZodError)) return message
  const [issue] = cause.issues
  return issue === undefined ? message : `${issue.path.join('.') || 'input'}: ${issue.message}`
}

function problemsOf(cause: unknown): { path: string; message: string }[] {
  if (cause instanceof DomainError) return cause.problems
  if (cause instanceof ZodError) {
    return cause.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  }
  return []
}

/** Domain errors keep their words; anything else is logged and does not leak. */
const mapErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next()
  if (result.ok) return result
  const { cause } = result.error
  if (cause instanceof DomainError) {
    throw new TRPCError({ code: codes[cause.code], message: cause.message, cause })
  }
  const held = whyHeld(ctx, cause)
  if (held !== null) {
    ctx.log.error({ err: cause, path }, held)
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: held, cause })
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR') {
    ctx.log.error({ err: cause ?? result.error, path }, 'a call failed')
    throw new TRPCError({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something went wrong in the server. The log (logs/server.log in the state folder) says what.',
    })
  }
  return result
})

export const router = t.router
export const procedure = t.procedure.use(mapErrors)
export const createCallerFactory = t.createCallerFactory
