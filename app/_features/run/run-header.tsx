'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import type { RunPage } from '../../../core/contracts/views.ts'
import { Button } from '../../_ui/button.tsx'
import { Crumbs } from '../../_ui/page-parts.tsx'
import { Time } from '../../_ui/time.tsx'
import { useConfirmDialog } from '../../_ui/use-confirm-dialog.ts'
import { useTRPC } from '../api/trpc.ts'
import { StateIcon, stateWord } from '../runs/run-state.tsx'
import { runTitle } from './run-title.ts'

/** What this run is, how it stands, and the way to stop it. */
export function RunHeader({ page }: { page: RunPage }): ReactNode {
  const base = `/experiments/${page.experiment.id}`
  const attempt = page.attempts.at(-1)
  return (
    <header>
      <Crumbs
        links={[
          { href: '/', label: 'Experiments' },
          { href: base, label: page.experiment.question },
          { href: `${base}/runs`, label: 'Runs' },
        ]}
      />
      <div className="flex items-start justify-between gap-6 max-wide:flex-col max-wide:gap-3">
        <h1>{runTitle(page)}</h1>
        {page.canCancel ? <CancelRun page={page} /> : null}
      </div>
      <dl className="mt-3 grid gap-x-6 gap-y-1 text-13 max-wide:grid-cols-[84px_1fr] wide:flex wide:flex-wrap">
        <Fact name="State">
          <span className="flex items-center gap-2">
            {page.status === 'running' ? <i className="pulse" /> : <StateIcon status={page.status} />}
            {page.status === 'running' ? 'training' : stateWord(page.status)}
            {page.trainedAgain ? ' again' : ''}
            {attempt === undefined ? '' : `, attempt ${attempt.number}`}
          </span>
        </Fact>
        <Fact name={page.startedAt === null ? 'Planned' : 'Started'}>
          <Time at={page.startedAt ?? page.createdAt} near />
        </Fact>
        {page.endedAt === null ? null : (
          <Fact name="Ended">
            <Time at={page.endedAt} near />
          </Fact>
        )}
        <Fact name="Method">{page.arm.detail}</Fact>
        <Fact name="Engine">{page.engine}</Fact>
      </dl>
    </header>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="gap-1.5 max-wide:contents wide:flex">
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function CancelRun({ page }: { page: RunPage }): ReactNode {
  const trpc = useTRPC()
  const cache = useQueryClient()
  const { Dialog, open, setOpen, ask } = useConfirmDialog()
  const cancel = useMutation(
    trpc.runs.cancel.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        toast('The run is cancelled.')
        await cache.invalidateQueries()
      },
      onError: (error) => toast.error(`The run was not cancelled: ${error.message}`),
    }),
  )
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
          confirm="Cancel the run"
          busy={cancel.isPending}
          onConfirm={() => cancel.mutate({ runId: page.runId })}
        >
          <p>
            {page.trainedAgain
              ? 'It keeps the result that it had, and its files stay damaged.'
              : page.arm.role === 'teacher'
                ? 'Every run that learns from this teacher will be blocked; the control and label smoothing still finish.'
                : 'Its seed will have no result in this arm, and without all planned seeds the arm gets no verdict word.'}{' '}
            A cancelled run cannot be resumed.
          </p>
        </Dialog>
      )}
    </>
  )
}
