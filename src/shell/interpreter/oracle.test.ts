import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installTools } from '../programs/install.ts';
import { testMachine } from '../test-machine.ts';
import { oraclePosixScripts } from './oracle-posix-scripts.ts';
import { oracleScripts } from './oracle-scripts.ts';
import { shellProgram } from './shell-program.ts';
import { bash, dash, type Personality } from './state/personality.ts';

const environment = { PATH: '/usr/bin:/bin', HOME: '/home/me', LC_ALL: 'C.UTF-8' };

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
}

function byReal(path: string, name: string, script: string): Outcome {
  const cwd = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    const result = spawnSync(path, ['-c', script], {
      argv0: name,
      cwd,
      env: environment,
      input: '',
      encoding: 'utf8',
    });
    return {
      stdout: result.stdout.replaceAll(cwd, '/work'),
      stderr: result.stderr.replaceAll(cwd, '/work'),
      code: result.status ?? undefined,
    };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function byUs(personality: Personality, name: string, script: string): Outcome {
  const { run, files } = testMachine();
  files.makeDirectory('/work');
  files.makeDirectory('/home/me', { parents: true });
  files.write('/etc/passwd', new TextEncoder().encode('root:x:0:0:root:/root:/bin/sh\n'));
  files.installProgram('/bin/bash', shellProgram(bash));
  files.installProgram('/bin/sh', shellProgram(dash));
  installTools(files, '/usr/bin', 'gnu');
  const { stdout, stderr, code, fault } = run(shellProgram(personality), [name, '-c', script], {
    environment,
    workingDirectory: '/work',
  });
  if (fault) throw fault;
  return { stdout, stderr, code };
}

/** Process ids are what they are. */
function comparable({ stdout, stderr, code }: Outcome): Outcome {
  return { stdout, stderr: stderr.replace(/ +\d+ (Killed|Terminated)/g, ' PID $1'), code };
}

describe.skipIf(!existsSync('/bin/bash'))('prints and exits as bash does', () => {
  it.each(oracleScripts)('%s', (script) => {
    expect(comparable(byUs(bash, 'bash', script))).toEqual(comparable(byReal('/bin/bash', 'bash', script)));
  });
});

describe.skipIf(!existsSync('/bin/dash'))('prints and exits as dash does', () => {
  it.each(oraclePosixScripts)('%s', (script) => {
    expect(comparable(byUs(dash, 'sh', script))).toEqual(comparable(byReal('/bin/dash', 'sh', script)));
  });
});
