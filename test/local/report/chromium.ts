import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The system's Chromium; null where there is none. */
export const CHROMIUM = PLACES.find((path) => path !== '' && existsSync(path)) ?? null;

/** Says loudly that the page was not looked at; in CI that is a failure. */
export function missing(): string | null {
  if (CHROMIUM !== null) return null;
  const says =
    'NO CHROMIUM: the browser tests of the report did not run. Install it (apt-get install chromium), or name it in CHROMIUM_PATH.';
  console.error(`\n${'!'.repeat(80)}\n${says}\n${'!'.repeat(80)}\n`);
  return says;
}

/** Starts it, headless, without anything that would call home. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
