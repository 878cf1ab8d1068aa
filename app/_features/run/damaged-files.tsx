'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import type { RunPage } from '../../../core/contracts/views.ts'
import { Button } from '../../_ui/button.tsx'
import { listed } from '../../_ui/format.ts'
import { Banner } from '../../_ui/page-parts.tsx'
import { useConfirmDialog } from '../../_ui/use-confirm-dialog.ts'
import { failureText } from '../api/failure-text.ts'
import { useTRPC } from '../api/trpc.ts'
import { runTitle } from './run-title.ts'

const words = { damaged: 'damaged', gone: 'gone', unreadable: 'not readable now' } as const

/** Stored files of this run that are not as they were stored: what that means, and the way to mend it. */
export function DamagedFiles({ page }: { page: RunPage }): ReactNode {
  const faults = page.artifacts.flatMap(({ fault }) => fault ?? [])
  if (faults.length === 0 || page.trainedAgain) return null
  const lasting = faults.filter(({ state }) => state !== 'unreadable')
  const passing = faults.filter(({ state }) => state === 'unreadable')
  const source = page.lineage.reusedFrom
  return (
    <div className="mt-5 max-w-[68em]">
      <Banner bad>
        <div className="flex min-w-0 flex-1 items-start justify-between gap-x-6 gap-y-3 max-wide:flex-col">
          <div className="min-w-0 wrap-anywhere">
            <p>
              <b>{listed(faults.map(({ name, state }) => `${name} is ${words[state]}`))}.</b>{' '}
              {faults.some(({ name }) => name === 'predictions/test.npy')
                ? page.arm.role === 'teacher'
                  ? 'No student can be compared with it. '
                  : 'Comparisons with this run keep the figures of the other seeds and have no word: leaving it out would be choosing seeds. '
                : ''}
              {lasting.length > 0
                ? 'Training it again with the same settings gives it new files; on the portable engine they are the same, bit for bit.'
                : 'It is tried again whenever it is needed.'}
            </p>
            <p className="mt-1 text-12 text-ink-2">
              {lasting.length > 0
                ? `Or put back from a copy: ${listed(lasting.map(({ path }) => path))}. `
                : ''}
              {passing.map(({ text }) => text).join(' ')}
            </p>
          </div>
          {lasting.length === 0 ? null : source === null ? (
            <TrainAgain page={page} />
          ) : (
            <Link href={`/runs/${source}`} className="flex-none underline underline-offset-2">
              The run whose files it shares
            </Link>
          )}
        </div>
      </Banner>
    </div>
  )
}

function TrainAgain({ page }: { page: RunPage }): ReactNode {
  const trpc = useTRPC()
  const cache = useQueryClient()
  const { Dialog, open, setOpen, ask } = useConfirmDialog()
  const again = useMutation(
    trpc.runs.trainAgain.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        toast('The run is queued to be trained again.')
        await cache.invalidateQueries()
      },
      onError: (error) => toast.error(failureText('The run is not trained again', error)),
    }),
  )
  return (
    <>
      <Button onClick={ask} className="flex-none">
        Train again
      </Button>
      {Dialog === null ? null : (
        <Dialog
          open={open}
          onOpenChange={setOpen}
          title={`Train ${runTitle(page)} again?`}
          keep="Leave it"
          confirm="Train it again"
          busy={again.isPending}
          onConfirm={() => again.mutate({ runId: page.runId })}
        >
          <p>
            It is trained from the start with the same settings and seed, and its files are replaced. Until it
            has ended its files count as damaged; if it is cancelled or fails, its result stays as it is now.
          </p>
        </Dialog>
      )}
    </>
  )
}
