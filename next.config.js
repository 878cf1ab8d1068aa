/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  devIndicators: false,
  poweredByHeader: false,
  // The server reads the built pages from here; a second build beside it can choose another folder.
  distDir: process.env.STILLHOUSE_NEXT_DIST ?? '.next',
  serverExternalPackages: ['better-sqlite3'],
}

export default config
