// `npm test`: installs what is missing, then runs every check and ends with one line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './browser.mjs';
import { setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'test-results');

function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(join(results, file), 'utf8'));
  } catch {
    return undefined;
  }
}

/** A step that is one check: it passes or fails as a whole. */
async function check(name, command, args) {
  const code = await run(command, args);
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function unitTests() {
  const code = await run('npx', [
    'vitest',
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${join(results, 'unit.json')}`,
  ]);
  const report = readJson('unit.json');
  if (!report) return { name: 'unit tests', passed: 0, failed: 1, skipped: 0 };
  const brokenSuites = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + brokenSuites;
  return {
    name: 'unit tests',
    passed: report.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests,
  };
}

async function browserTests() {
  const env = {
    CHROMIUM_PATH: ensureBrowser(),
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'browser.json'),
  };
  const code = await run('npx', ['playwright', 'test', '--reporter=line,json'], env);
  const stats = readJson('browser.json')?.stats;
  if (!stats) return { name: 'browser tests', passed: 0, failed: 1, skipped: 0 };
  const failed = stats.unexpected;
  return {
    name: 'browser tests',
    passed: stats.expected + stats.flaky,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: stats.skipped,
  };
}

await setUp();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const steps = [
  () => check('type check', 'node', ['scripts/typecheck.mjs']),
  () => check('lint', 'npx', ['oxlint']),
  () => check('format', 'npx', ['prettier', '--check', '--log-level=warn', '.']),
  () => check('dead code', 'npx', ['knip', '--no-progress']),
  unitTests,
  () => check('build', 'npx', ['vite', 'build', '--logLevel=warn']),
  () => check('lessons', 'node', ['scripts/run.mjs', 'lessons', 'check']),
  browserTests,
];
const outcomes = [];
for (const step of steps) outcomes.push(await step());

console.log();
for (const { name, passed, failed } of outcomes)
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed`);
const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
const skipped = sum('skipped');
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
