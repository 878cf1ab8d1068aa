'use client'

import { useEffect, useState } from 'react'

/** `value` once it has not changed for `waitMs`: what is typed is sent when the typing pauses. */
export function useSettled<Value>(value: Value, waitMs: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), waitMs)
    return () => clearTimeout(timer)
  }, [value, waitMs])
  return settled
}
