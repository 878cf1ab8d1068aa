'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { resolvePalette } from './palette.ts'
import type { Palette } from './colour-tokens.ts'

/** The tokens' colours, resolved once a theme and again when it changes; null on the server. */
export function useThemePalette(): Palette | null {
  const theme = useSyncExternalStore(subscribe, currentTheme, () => null)
  // The theme is what the colours depend on, though they are read from the page.
  return useMemo(() => (theme === null ? null : resolvePalette()), [theme])
}

function currentTheme(): string {
  return getComputedStyle(document.body).backgroundColor
}

function subscribe(notify: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', notify)
  const observer = new MutationObserver(notify)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style'] })
  return () => {
    system.removeEventListener('change', notify)
    observer.disconnect()
  }
}
