'use client'

import type { ReactNode } from 'react'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { openMethod } from '../../../core/methods/registry.ts'
import { protocolText } from '../../../core/methods/words.ts'
import { armLook } from '../../_charts/arm-look.ts'
import { ArmMarker } from '../../_charts/arm-marker.tsx'
import { count } from '../../_ui/format.ts'
import { KeyValues, NoBreak, WrittenText } from '../../_ui/page-parts.tsx'
import { earlyStopSentence } from '../experiment/training-text.ts'
import { useExperiment } from '../experiment/use-experiment.ts'
import { DataTable } from './data-table.tsx'
import { dataText } from './data-text.ts'
import { countsRows, looksText, marginRows } from './decision-text.ts'
import { Formula } from './formula.tsx'
import { dropoutText, engineText, labelsText, roleText, trainingRows } from './protocol-text.ts'
import { Seal } from './seal.tsx'

/** What was decided before looking, as a document; beside it the seal. */
export function ProtocolView({ id }: { id: string }): ReactNode {
  const page = useExperiment(id)
  return (
    <div className="mt-8 grid items-start gap-8 desk:grid-cols-[minmax(0,1fr)_320px] desk:gap-[72px]">
      <Document page={page} />
      <Seal page={page} />
    </div>
  )
}

function Document({ page }: { page: ExperimentPage }): ReactNode {
  const { protocol, teacher, student } = page
  const [teacherStop, studentStop] = [protocol.teacher, protocol.student].map((one) => one.training.earlyStop)
  return (
    <div className="min-w-0">
      <Statement title="Question">
        <p>
          <WrittenText>{page.question}</WrittenText>
        </p>
        <Why>
          Each method is compared with the control, the same student trained alone. A smaller difference than
          the margin would not change what is shipped.
        </Why>
      </Statement>
      <Statement title="Data and splits">
        <DataTable data={protocol.data} />
        <Why>
          <NoBreak>{`${page.dataLabel}, ${dataText(protocol.data)}`}</NoBreak>
        </Why>
      </Statement>
      <Statement title="Labels used">
        <p>{labelsText(protocol)}</p>
      </Statement>
      <Statement title="Teacher">
        <p>
          <NoBreak>{`${teacher.label}, ${count(teacher.parameters)} parameters, ${dropoutText(protocol.teacher.network)}, seed ${protocol.teacher.seed}, one checkpoint for all arms. Its logits are computed once, in evaluation mode.`}</NoBreak>
        </p>
        <KeyValues className="mt-3 max-w-[420px]" rows={trainingRows(protocol, 'teacher')} />
        {teacherStop === undefined ? null : <Why>{earlyStopSentence(teacherStop, false)}</Why>}
        {page.teacherReusedFrom === null ? null : (
          <Why>It was trained in an earlier experiment with the same specification and is used again.</Why>
        )}
      </Statement>
      <Statement title="Student, in every arm">
        <p>
          <NoBreak>{`${student.label}, ${count(student.parameters)} parameters, ${dropoutText(protocol.student.network)}. The same in all arms at one seed: initial weights, order of the labelled examples, ${studentStop === undefined ? 'number of steps' : 'rule of early stop'}.`}</NoBreak>
        </p>
        <KeyValues className="mt-3 max-w-[420px]" rows={trainingRows(protocol, 'student')} />
        {studentStop === undefined ? null : <Why>{earlyStopSentence(studentStop, true)}</Why>}
      </Statement>
      <Statement title="Arms">
        <ul>
          {protocol.arms.map((arm) => {
            const view = page.arms.find(({ id }) => id === arm.id)
            return (
              <li key={arm.id} className="border-t border-line py-4 first:border-t-0 first:pt-0">
                <div className="flex items-center gap-2.5">
                  {view === undefined ? null : <ArmMarker look={armLook(view)} />}
                  <b>
                    <NoBreak>{view?.label ?? arm.id}</NoBreak>
                  </b>
                  <span className="ml-auto text-12 whitespace-nowrap text-ink-3">{roleText[arm.role]}</span>
                </div>
                <div className="mt-1.5 mb-1">
                  <Formula method={arm.method} />
                </div>
                <p className="max-w-[72ch] text-13 text-ink-2">{protocolText(openMethod(arm.method))}</p>
              </li>
            )
          })}
        </ul>
        <Why>
          y: the label, p: the student, q: the teacher, K: {protocol.data.classes} classes;{' '}
          <span className="whitespace-nowrap">
            p<sup className="text-[0.72em] leading-none">T</sup> = softmax(z ∕ T)
          </span>
          . Every example adds its own loss; a batch counts their mean.
        </Why>
      </Statement>
      <Statement title="Seeds and looks">
        <p>{looksText(protocol)}</p>
      </Statement>
      <Statement title="What counts">
        <KeyValues className="max-w-[420px]" rows={countsRows(protocol)} />
      </Statement>
      <Statement title="Secondary margins">
        {protocol.margins === null ? (
          <p>None were planned: what is said beside the primary question is exploratory.</p>
        ) : (
          <>
            <KeyValues className="max-w-[420px]" rows={marginRows(protocol)} />
            <Why>
              Smallest differences that matter for the questions beside the primary one. Each question has its
              own α; latency is relative.
            </Why>
          </>
        )}
      </Statement>
      <Statement title="When a run fails">
        <p>
          A diverged run stays and counts as an even guess over the {protocol.data.classes} classes. A run
          whose worker is lost is tried once more from its last checkpoint. Too many missing seeds in an arm:
          no word for it, and the correction for all {protocol.arms.length - 1} comparisons stays.
        </p>
      </Statement>
      <Statement title="Engine">
        <p>{engineText(protocol)}</p>
      </Statement>
    </div>
  )
}

function Statement({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="grid gap-1.5 border-t border-line py-4 first:border-t-0 first:pt-0 wide:grid-cols-[148px_minmax(0,1fr)] wide:gap-6 wide:py-6">
      <h2 className="text-14 leading-normal">{title}</h2>
      <div className="min-w-0 [&>p]:max-w-[60ch] [&>p]:text-pretty">{children}</div>
    </section>
  )
}

function Why({ children }: { children: ReactNode }): ReactNode {
  return <p className="mt-3 text-13 text-ink-2">{children}</p>
}
