// Type-checks each strict-zone folder against a library without a host, and then everything against the browser's.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const tsc = fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url));
const projects = ['src/kernel', 'src/api', 'src/shell', 'src/cluster', '.'];
const failed = projects.filter((project) => spawnSync(tsc, ['-p', project], { stdio: 'inherit' }).status !== 0);
if (failed.length > 0) console.error(`type errors in ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
