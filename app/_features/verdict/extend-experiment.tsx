'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import { Button } from '../../_ui/button.tsx'
import { counted, duration } from '../../_ui/format.ts'
import { useConfirmDialog } from '../../_ui/use-confirm-dialog.ts'
import { useTRPC } from '../api/trpc.ts'
import { extendRefusal } from './extend-refusal.ts'

/** Adds the seeds of the next planned look, after saying what that costs; the page then follows the runs. */
export function ExtendExperiment(props: {
  id: string
  extension: NonNullable<VerdictPage['extension']>
}): ReactNode {
  const { id, extension } = props
  const trpc = useTRPC()
  const cache = useQueryClient()
  const { Dialog, open, setOpen, ask } = useConfirmDialog()
  const extend = useMutation(
    trpc.experiments.extend.mutationOptions({
      onSuccess: async ({ runs }) => {
        setOpen(false)
        toast(`${counted(runs, 'run')} are queued. Words appear when all of them have ended.`)
        await cache.invalidateQueries()
      },
      onError: async (error) => {
        setOpen(false)
        const { already, text } = extendRefusal(error)
        if (!already) {
          toast.error(text)
          return
        }
        toast(text)
        await cache.invalidateQueries()
      },
    }),
  )
  const time = extension.estimateMs === null ? '' : `, about ${duration(extension.estimateMs)}`
  return (
    <>
      <Button disabled={extend.isPending} onClick={ask}>
        Add the seeds
      </Button>
      {Dialog === null ? null : (
        <Dialog
          open={open}
          onOpenChange={setOpen}
          title={`Add the seeds of look ${extension.look + 1}?`}
          keep="Not now"
          confirm={`Train ${counted(extension.runs, 'run')}`}
          look="primary"
          busy={extend.isPending}
          onConfirm={() => {
            // A second click may come before the button is drawn as disabled.
            const mutationKey = trpc.experiments.extend.mutationKey()
            if (cache.isMutating({ mutationKey }) === 0) extend.mutate({ id })
          }}
        >
          <p>
            {counted(extension.runs, 'run')}
            {time}: the control and {counted(extension.arms.length, 'undecided method')} go on to{' '}
            {extension.seeds} seeds each. Decided words stand. The protocol planned this look, so what it
            finds is a verdict.
          </p>
        </Dialog>
      )}
    </>
  )
}
