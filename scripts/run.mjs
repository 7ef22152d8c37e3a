// Runs one of the command-line entries (bench, bridge, fuzz, shell, lessons): builds it when its sources are newer than the last build.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const entries = {
  bench: 'src/cli/bench.ts',
  fuzz: 'src/cli/fuzz.ts',
  bridge: 'src/cli/bridge.ts',
  shell: 'src/cli/shell.ts',
  lessons: 'src/cli/lessons.ts',
};

function newestSource(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

export async function buildNodeEntry(name) {
  await setUp();
  const output = join(root, 'dist', 'node', `${name}.mjs`);
  const newest = Math.max(newestSource(join(root, 'src')), newestSource(join(root, 'lessons')));
  if (existsSync(output) && statSync(output).mtimeMs > newest) return output;
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: join(root, entries[name]),
      outDir: join(root, 'dist', 'node'),
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
    ssr: { noExternal: true, external: ['ws'] },
  });
  return output;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, ...rest] = process.argv.slice(2);
  const output = await buildNodeEntry(name);
  process.argv = [process.argv[0], output, ...rest];
  await import(pathToFileURL(output).href);
}
