import type { ReactNode } from 'react'
import type { Method } from '../../../core/contracts/arm.ts'

type Soft = Extract<Method, { temperature: number }>

/** The loss of an arm with the numbers of its protocol: words upright, variables italic. */
export function Formula({ method }: { method: Method }): ReactNode {
  switch (method.name) {
    case 'scratch':
      return <Line>{crossEntropy}</Line>
    case 'label-smoothing':
      return (
        <Line>
          <Up>CE</Up>((1 − {method.smoothing}) · y + {method.smoothing} ∕ K, p)
        </Line>
      )
    case 'soft-targets':
      return (
        <Line>
          <SoftLoss method={method} />
        </Line>
      )
    case 'soft-targets-unlabelled':
      return (
        <>
          <Line part="labelled">
            <SoftLoss method={method} />
          </Line>
          <Line part="unlabelled">
            <SoftTerm method={method} />
          </Line>
        </>
      )
    case 'hard-labels-unlabelled':
      return (
        <>
          <Line part="labelled">
            <SoftLoss method={method} />
          </Line>
          <Line part="unlabelled">
            {method.softTargetWeight} · <Up>CE</Up>(<Up>argmax</Up> q, p)
          </Line>
        </>
      )
  }
}

const crossEntropy = (
  <>
    <Up>CE</Up>(y, p)
  </>
)

function SoftLoss({ method }: { method: Soft }): ReactNode {
  return (
    <>
      {method.hardLabelWeight} · {crossEntropy} + <SoftTerm method={method} />
    </>
  )
}

function SoftTerm({ method }: { method: Soft }): ReactNode {
  return (
    <>
      {method.softTargetWeight} · {method.temperature}² · <Up>KL</Up>(q<sup>T</sup> ‖ p<sup>T</sup>)
    </>
  )
}

function Line({ part, children }: { part?: string; children: ReactNode }): ReactNode {
  return (
    <p className="font-serif text-[15px] leading-[1.7] italic lining-nums max-wide:text-14 [&_sup]:text-[0.72em] [&_sup]:leading-none">
      L{part === undefined ? null : <sub className="text-[0.72em] leading-none not-italic"> {part}</sub>} ={' '}
      {children}
    </p>
  )
}

function Up({ children }: { children: string }): ReactNode {
  return <span className="not-italic">{children}</span>
}
