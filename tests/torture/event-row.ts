/** What one event did. Figures are null where it was not tried. */
export interface EventRow {
  kind: string
  /** Since the launch of the experiment that it hit. */
  atMs: number
  experiment: number
  /** Acknowledged writes that were gone afterwards. */
  lost: number | null
  /** Points that were read twice afterwards. */
  doubled: number | null
  /** Processes that stayed without their parent; processes, files, leases and locks that were left at the end. */
  orphans: number | null
  /** How long supervisor and trainers outlived their parent; null where it did not die. */
  goneMs: number | null
  /** Times that went backward on pages. */
  backward: number | null
  /** Of the whole experiment: several events may share one answer. */
  sameTable: boolean | null
  recoveredMs: number | null
  note: string
}

export const emptyRow = (kind: string, experiment: number, atMs = 0): EventRow => ({
  kind,
  atMs,
  experiment,
  lost: null,
  doubled: null,
  orphans: null,
  goneMs: null,
  backward: null,
  sameTable: null,
  recoveredMs: null,
  note: '',
})
