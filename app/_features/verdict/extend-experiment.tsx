'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import { Button } from '../../_ui/button.tsx'
import { counted, duration } from '../../_ui/format.ts'
import { useTRPC } from '../api/trpc.ts'

// The dialog's code is fetched when it is first needed.
const ConfirmDialog = dynamic(async () => (await import('../../_ui/confirm-dialog.tsx')).ConfirmDialog, {
  ssr: false,
})

/** Adds the seeds of the next planned look, after saying what that costs; the page then follows the runs. */
export function ExtendExperiment(props: {
  id: string
  extension: NonNullable<VerdictPage['extension']>
}): ReactNode {
  const { id, extension } = props
  const trpc = useTRPC()
  const cache = useQueryClient()
  const [asked, setAsked] = useState(false)
  const [open, setOpen] = useState(false)
  const extend = useMutation(
    trpc.experiments.extend.mutationOptions({
      onSuccess: async ({ runs }) => {
        setOpen(false)
        toast(`${counted(runs, 'run')} are queued. Words appear when all of them have ended.`)
        await cache.invalidateQueries()
      },
      onError: (error) => {
        setOpen(false)
        toast.error(`No seeds were added: ${error.message}`)
      },
    }),
  )
  const time = extension.estimateMs === null ? '' : `, about ${duration(extension.estimateMs)}`
  return (
    <>
      <Button
        onClick={() => {
          setAsked(true)
          setOpen(true)
        }}
      >
        Add the seeds
      </Button>
      {asked ? (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title={`Add the seeds of look ${extension.look + 1}?`}
          keep="Not now"
          confirm={`Train ${counted(extension.runs, 'run')}`}
          look="primary"
          busy={extend.isPending}
          onConfirm={() => extend.mutate({ id })}
        >
          <p>
            {counted(extension.runs, 'run')}
            {time}: the control and {counted(extension.arms.length, 'undecided method')} go on to{' '}
            {extension.seeds} seeds each. Decided words stand. The protocol planned this look, so what it
            finds is a verdict.
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
