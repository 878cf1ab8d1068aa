import { findBrowser } from '../../scripts/find-browser.js'

/** How tests start Chromium: the installed one, without a sandbox (CI runs as root), quiet on the network. */
export const browserLaunch = (): { executablePath: string; args: string[] } => {
  const executablePath = findBrowser()
  if (executablePath === null) {
    throw new Error(
      'No Chromium was found. Install one, or name it in CHROME_PATH; "npm test" does it on Debian.',
    )
  }
  return { executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] }
}
