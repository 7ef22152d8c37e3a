// Finds a Chromium for the browser tests, and installs Debian's where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const findBrowser = () => candidates.find((path) => path && existsSync(path));

/** The path of a browser; installs one with apt-get when it must and can. Throws with what to do otherwise. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...command) =>
    spawnSync([...asRoot, ...command][0], [...asRoot, ...command].slice(1), { stdio: 'inherit' }).status === 0;
  run('apt-get', 'update');
  run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation');
  const installed = findBrowser();
  if (!installed) throw new Error('no Chromium was found; install one and set CHROMIUM_PATH to it');
  return installed;
}
