'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import type { Cancelling } from '../../../core/contracts/cancelling.ts'
import type { RunPage } from '../../../core/contracts/views.ts'
import { Button } from '../../_ui/button.tsx'
import { counted } from '../../_ui/format.ts'
import { useConfirmDialog } from '../../_ui/use-confirm-dialog.ts'
import { failureText } from '../api/failure-text.ts'
import { useTRPC } from '../api/trpc.ts'
import { cancelText, restTexts } from './cancel-text.ts'
import { runTitle } from './run-title.ts'

type Rest = 'end' | 'go on'

/** Stops a run, after saying which words that costs; what can give none any more ends with it, unless it is to go on. */
export function CancelRun({ page, cancelling }: { page: RunPage; cancelling: Cancelling }): ReactNode {
  const trpc = useTRPC()
  const cache = useQueryClient()
  const { Dialog, open, setOpen, ask } = useConfirmDialog()
  const [rest, setRest] = useState<Rest>('end')
  const cancel = useMutation(
    trpc.runs.cancel.mutationOptions({
      onSuccess: async ({ runs }) => {
        setOpen(false)
        toast(runs === 1 ? 'The run is cancelled.' : `${counted(runs, 'run')} are cancelled.`)
        await cache.invalidateQueries()
      },
      onError: (error) => toast.error(failureText('The run was not cancelled', error)),
    }),
  )
  const others = rest === 'end' ? cancelling.runs : 0
  return (
    <>
      <Button look="danger" onClick={ask}>
        Cancel run
      </Button>
      {Dialog === null ? null : (
        <Dialog
          open={open}
          onOpenChange={setOpen}
          title={`Cancel ${runTitle(page)}?`}
          keep="Keep it"
          confirm={others === 0 ? 'Cancel the run' : `Cancel ${counted(others + 1, 'run')}`}
          busy={cancel.isPending}
          onConfirm={() => cancel.mutate({ runId: page.runId, wordless: rest })}
        >
          <p>{cancelText(page, cancelling)}</p>
          {cancelling.runs === 0 ? null : (
            <RestChoice runs={cancelling.runs} value={rest} onChange={setRest} />
          )}
        </Dialog>
      )}
    </>
  )
}

function RestChoice(props: { runs: number; value: Rest; onChange: (rest: Rest) => void }): ReactNode {
  const texts = restTexts(props.runs)
  const choices = [
    { value: 'end', text: texts.end },
    { value: 'go on', text: texts.goOn },
  ] as const
  return (
    <fieldset className="mt-4 grid gap-1.5 text-ink">
      <legend className="sr-only">What becomes of the other runs</legend>
      {choices.map(({ value, text }) => (
        <label key={value} className="flex items-baseline gap-2.5 max-wide:py-1.5">
          <input
            type="radio"
            name="rest"
            value={value}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
            className="size-4 flex-none translate-y-0.5 accent-accent"
          />
          {text}
        </label>
      ))}
    </fieldset>
  )
}
