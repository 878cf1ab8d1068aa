/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  devIndicators: false,
  poweredByHeader: false,
  // The server reads the built pages from here; a second build beside it can choose another folder.
  distDir: process.env.STILLHOUSE_NEXT_DIST ?? '.next',
  // `npm run verify` checks all types; a build at first start must not take twice as long to do it again.
  typescript: { ignoreBuildErrors: true },
  // A page that is asked for while the server is down is waited for: the browser's own error would replace the page.
  experimental: { useOffline: true },
  // A browser asks for this by itself where it has not read yet which icon a page has.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
}

export default config
