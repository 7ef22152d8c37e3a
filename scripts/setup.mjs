// Installs what is missing and generates what is built from packages. Quick when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command with its output on standard error, so that a caller's standard output stays its own. */
function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function isGenerated() {
  const generated = join(root, 'src', 'api', 'generated', 'types.ts');
  const script = join(root, 'scripts', 'generate-api.mjs');
  return (
    existsSync(generated) &&
    readFileSync(generated).length > 0 &&
    statSync(generated).mtimeMs >= statSync(script).mtimeMs
  );
}

export async function setUp() {
  if (!isInstalled()) run('npm', ['ci', '--no-fund', '--no-audit']);
  if (!isGenerated()) run('node', ['scripts/generate-api.mjs']);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setUp();
