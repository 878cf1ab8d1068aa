'use client'

import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { FocusEvent, RefObject } from 'react'
import { usePrinting } from './use-media.ts'

/** So many rows are drawn whole, so that the browser's own search finds all of them. */
const DRAWN_WHOLE = 200
/** Rows drawn beyond the window at either end. */
const OVERSCAN = 12
/** What the server draws for. */
const FIRST_WINDOW = { width: 1440, height: 900 }

/** A row to draw, or the room that rows take which are not drawn. */
export type Drawn<Row> =
  | { kind: 'row'; row: Row; index: number }
  | { kind: 'gap'; key: string; height: number }

export interface WindowRows<Row, Box extends HTMLElement> {
  drawn: Drawn<Row>[]
  /** Props of what holds the rows. */
  box: {
    ref: RefObject<Box | null>
    onFocus: (event: FocusEvent) => void
    onBlur: (event: FocusEvent) => void
  }
  /** Ref of every row, which carries its index as `data-index`. */
  measure: (element: HTMLElement | null) => void
}

/**
 * Of many rows those near the window, so that thousands cost what a screen of them costs. The row that has the focus
 * stays; a print has all of them.
 */
export function useWindowRows<Row, Box extends HTMLElement>(
  rows: readonly Row[],
  of: { key: (row: Row) => string; height: (row: Row) => number },
): WindowRows<Row, Box> {
  const printing = usePrinting()
  const ref = useRef<Box>(null)
  const [top, setTop] = useState(0)
  // By its key: rows come and go while a person reads one.
  const [focused, setFocused] = useState<string | null>(null)
  const focusedAt = focused === null ? -1 : rows.findIndex((row) => of.key(row) === focused)
  const whole = printing || rows.length <= DRAWN_WHOLE
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count: rows.length,
    enabled: !whole,
    estimateSize: (index) => heightAt(rows, index, of.height),
    getItemKey: (index) => keyAt(rows, index, of.key),
    initialRect: FIRST_WINDOW,
    overscan: OVERSCAN,
    scrollMargin: top,
    rangeExtractor: (range) => withRow(defaultRangeExtractor(range), focusedAt),
    useFlushSync: false,
  })
  // What stands above the rows moves them, and makes the page longer or shorter.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      const now = (ref.current?.getBoundingClientRect().top ?? 0) + window.scrollY
      setTop((before) => (Math.abs(before - now) < 1 ? before : now))
    })
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const box = {
    ref,
    onFocus: (event: FocusEvent) => {
      const index = event.target.closest('[data-index]')?.getAttribute('data-index')
      const row = index == null ? undefined : rows[Number(index)]
      setFocused(row === undefined ? null : of.key(row))
    },
    onBlur: (event: FocusEvent) => {
      // A window that loses the focus gives it back to the same element.
      if (!event.currentTarget.contains(document.activeElement)) setFocused(null)
    },
  }
  if (whole) {
    const drawn = rows.map((row, index) => ({ kind: 'row' as const, row, index }))
    return { drawn, box, measure: () => undefined }
  }
  return {
    drawn: withGaps(rows, virtualizer.getVirtualItems(), { top, size: virtualizer.getTotalSize() }),
    box,
    measure: virtualizer.measureElement,
  }
}

function heightAt<Row>(rows: readonly Row[], index: number, height: (row: Row) => number): number {
  const row = rows[index]
  return row === undefined ? 0 : height(row)
}

function keyAt<Row>(rows: readonly Row[], index: number, key: (row: Row) => string): string | number {
  const row = rows[index]
  return row === undefined ? index : key(row)
}

function withRow(range: number[], row: number): number[] {
  if (row < 0 || range.includes(row)) return range
  return [...range, row].sort((a, b) => a - b)
}

/** The rows of these places, and what lies between them as gaps. */
function withGaps<Row>(
  rows: readonly Row[],
  places: readonly { index: number; start: number; end: number }[],
  { top, size }: { top: number; size: number },
): Drawn<Row>[] {
  const drawn: Drawn<Row>[] = []
  let gaps = 0
  let at = top
  const skipTo = (start: number): void => {
    if (start > at) drawn.push({ kind: 'gap', key: `gap-${(gaps += 1)}`, height: start - at })
  }
  for (const { index, start, end } of places) {
    const row = rows[index]
    if (row === undefined) continue
    skipTo(start)
    drawn.push({ kind: 'row', row, index })
    at = end
  }
  skipTo(top + size)
  return drawn
}
