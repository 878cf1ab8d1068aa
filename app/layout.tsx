import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { ThemeProvider } from 'next-themes'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { ApiProvider } from './_features/api/api-provider.tsx'
import { LiveProvider } from './_features/live/live-provider.tsx'
import { StaleBanner } from './_features/live/stale-banner.tsx'
import { TopBar } from './_features/shell/top-bar.tsx'
import { Prefetched } from './_server/prefetch.tsx'
import { Toasts } from './_ui/toasts.tsx'
import './globals.css'

export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: 'Stillhouse', template: '%s · Stillhouse' },
  description: 'Does knowledge distillation work here?',
}

export const viewport: Viewport = { colorScheme: 'light dark' }

/** The frame of every page: top bar, one subscription, one cache. */
export default async function RootLayout({ children }: { children: ReactNode }): Promise<ReactNode> {
  // The script that sets the theme before the first paint runs by the answer's nonce.
  const nonce = (await headers()).get('x-nonce') ?? ''
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <ThemeProvider
          attribute="data-theme"
          enableColorScheme={false}
          disableTransitionOnChange
          nonce={nonce}
        >
          <NuqsAdapter>
            <ApiProvider>
              <LiveProvider>
                <a
                  href="#main"
                  className="sr-only z-50 rounded-1 bg-surface focus:not-sr-only focus:absolute focus:top-2 focus:left-4 focus:px-3 focus:py-2"
                >
                  Skip to the content
                </a>
                <Prefetched
                  fetchAll={({ cache, keys, caller }) =>
                    cache.prefetchQuery({
                      queryKey: keys.workers.page.queryKey(),
                      queryFn: () => caller.workers.page(),
                      retry: false,
                    })
                  }
                >
                  <TopBar />
                </Prefetched>
                <main
                  id="main"
                  tabIndex={-1}
                  className="mx-auto max-w-[calc(var(--page)+48px)] px-4 pt-4 pb-12 outline-none focus-visible:shadow-none wide:px-6 wide:pt-8 wide:pb-[72px]"
                >
                  <StaleBanner />
                  {children}
                </main>
                <Toasts />
              </LiveProvider>
            </ApiProvider>
          </NuqsAdapter>
        </ThemeProvider>
      </body>
    </html>
  )
}
