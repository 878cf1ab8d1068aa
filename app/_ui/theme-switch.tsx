'use client'

import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { DarkThemeIcon, LightThemeIcon, SystemThemeIcon } from './icons.tsx'

const themes = {
  system: { next: 'light', icon: SystemThemeIcon },
  light: { next: 'dark', icon: LightThemeIcon },
  dark: { next: 'system', icon: DarkThemeIcon },
} as const

/** Goes through system, light and dark; the icon is the present choice. */
export function ThemeSwitch(): ReactNode {
  const { theme, setTheme } = useTheme()
  const inBrowser = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  )
  const current = inBrowser && (theme === 'light' || theme === 'dark') ? theme : 'system'
  const { next, icon: Icon } = themes[current]
  const label = `Theme: ${current}. Switch to ${next}.`
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => setTheme(next)}
      className="grid size-10 place-items-center rounded-1 text-ink-2 hover:bg-sunken wide:size-[30px]"
    >
      <Icon className="size-4" />
    </button>
  )
}
