'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { Button } from '../../_ui/button.tsx'
import { useConfirmDialog } from '../../_ui/use-confirm-dialog.ts'
import { failureText } from '../api/failure-text.ts'
import { useTRPC } from '../api/trpc.ts'
import { cancelExperimentText } from './cancel-experiment-text.ts'

/** Stops a running experiment, after asking. Finished runs keep their figures. */
export function CancelExperiment({ page }: { page: ExperimentPage }): ReactNode {
  const trpc = useTRPC()
  const cache = useQueryClient()
  const { Dialog, open, setOpen, ask } = useConfirmDialog()
  const cancel = useMutation(
    trpc.experiments.cancel.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        toast('The experiment is cancelled. Finished runs keep their figures.')
        await cache.invalidateQueries()
      },
      onError: (error) => toast.error(failureText('The experiment was not cancelled', error)),
    }),
  )
  return (
    <>
      <Button look="danger" small onClick={ask}>
        Cancel
      </Button>
      {Dialog === null ? null : (
        <Dialog
          open={open}
          onOpenChange={setOpen}
          title="Cancel this experiment?"
          keep="Keep it running"
          confirm="Cancel the experiment"
          busy={cancel.isPending}
          onConfirm={() => cancel.mutate({ id: page.id })}
        >
          <p>{cancelExperimentText(page)}</p>
        </Dialog>
      )}
    </>
  )
}
