import type { ReactNode, SVGProps } from 'react'

type IconProps = Omit<SVGProps<SVGSVGElement>, 'children' | 'viewBox'>

function icon(viewBox: string, strokeWidth: number, children: ReactNode) {
  return function Icon(props: IconProps): ReactNode {
    return (
      <svg
        viewBox={viewBox}
        fill="none"
        stroke="currentColor"
        strokeWidth={strokeWidth}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        {...props}
      >
        {children}
      </svg>
    )
  }
}

/** A swan-neck still, the product's mark. */
export const StillIcon = icon(
  '0 0 20 20',
  1.6,
  <>
    <path d="M3.2 17.2h8.6c1-2.6.4-4.7-1.6-6.1-1.3-.9-1.5-2.3-1.5-4.1V4.2c0-1.3 1.5-1.9 2.4-1L17 8.6v5" />
    <path d="M3.2 17.2c-1-2.6-.4-4.7 1.6-6.1 1.3-.9 1.5-2.3 1.5-4.1V4.6" />
  </>,
)

export const UpIcon = icon('0 0 12 12', 1.8, <path d="M6 10V2.2M2.6 5.4 6 2l3.4 3.4" />)
export const DownIcon = icon('0 0 12 12', 1.8, <path d="M6 2v7.8M2.6 6.6 6 10l3.4-3.4" />)
export const EqualIcon = icon('0 0 12 12', 1.8, <path d="M2 4.2h8M2 7.8h8" />)
export const QuestionIcon = icon(
  '0 0 12 12',
  1.7,
  <>
    <path d="M3.6 4.1A2.5 2.5 0 0 1 8.5 4c0 1.7-2.4 2-2.5 3.5" />
    <path d="M6 10.2v.01" strokeWidth="2.2" />
  </>,
)
export const SearchIcon = icon(
  '0 0 16 16',
  1.4,
  <>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 3 3" />
  </>,
)
export const SystemThemeIcon = icon(
  '0 0 16 16',
  1.4,
  <>
    <circle cx="8" cy="8" r="5.5" />
    <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" stroke="none" />
  </>,
)
export const LightThemeIcon = icon(
  '0 0 16 16',
  1.4,
  <>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.5v1.3m0 10.4v1.3M1.5 8h1.3m10.4 0h1.3M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9" />
  </>,
)
export const DarkThemeIcon = icon(
  '0 0 16 16',
  1.4,
  <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />,
)
export const PlusIcon = icon('0 0 14 14', 1.7, <path d="M7 2.5v9M2.5 7h9" />)
export const ChevronIcon = icon('0 0 12 12', 1.5, <path d="m3 4.5 3 3 3-3" />)
export const CheckIcon = icon('0 0 12 12', 2, <path d="m2.5 6.3 2.3 2.3 4.7-5" />)
export const CrossIcon = icon('0 0 12 12', 1.7, <path d="m2.8 2.8 6.4 6.4m0-6.4-6.4 6.4" />)
