import Link from 'next/link'
import type { ReactNode } from 'react'
import { DemoWay } from './demo-way.tsx'
import { HowToRead } from './how-to-read.tsx'

/** Nothing has been tried: what an experiment answers, the ways in, and how its picture is read. */
export function FirstVisit(): ReactNode {
  return (
    <div className="grid items-center gap-8 pt-4 desk:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)] desk:gap-[72px] desk:pt-12">
      <div>
        <h1>Does distillation work here?</h1>
        <p className="mt-3 max-w-[34em] text-16 text-pretty text-ink-2">
          Nothing has been tried yet. An experiment trains a small student with and without a teacher, several
          times each, and says whether the difference is real.
        </p>
        <div className="mt-5 max-w-[560px] border-b border-line">
          <DemoWay />
          <Way
            href="/experiments/new?from=digits"
            title="A first experiment on handwritten digits"
            text="1,797 images of 8×8, a student of 16 hidden units. Change what you like first."
            time="the quickest"
          />
          <Way
            href="/experiments/new?from=mnist"
            title="Your own student on MNIST"
            text="Your labels, networks and arms: is the teacher worth it, or its unlabelled examples?"
            time="longer"
          />
          <Way
            href="/experiments/new?from=mnist-large"
            title="2×1200 to 2×800 on all of MNIST"
            text="The pair of networks that soft targets became known with."
            time="the longest"
          />
        </div>
      </div>
      <HowToRead />
    </div>
  )
}

function Way(props: { href: string; title: string; text: string; time: string }): ReactNode {
  return (
    <Link
      href={props.href}
      className="group grid items-center gap-x-4 gap-y-0.5 border-t border-line py-3.5 plain-link wide:grid-cols-[1fr_auto]"
    >
      <div>
        <b className="group-hover:text-accent">{props.title}</b>
        <span className="block text-13 text-ink-2">{props.text}</span>
      </div>
      <span className="text-13 whitespace-nowrap text-ink-3">{props.time}</span>
    </Link>
  )
}
