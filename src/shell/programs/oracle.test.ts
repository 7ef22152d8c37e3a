import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../kernel/index.ts';
import { shellProgram } from '../interpreter/shell-program.ts';
import { bash, dash } from '../interpreter/state/personality.ts';
import { testMachine } from '../test-machine.ts';
import { installTools } from './install.ts';
import { oracleAwk, oracleCommands } from './oracle-commands.ts';

const environment = { PATH: '/usr/bin:/bin', HOME: '/home/me', LC_ALL: 'C.UTF-8', TZ: 'UTC' };

const files: Readonly<Record<string, string>> = {
  'a.txt': 'apple\nbanana\n\n\ncherry an x\nbbb\n',
  'b2.txt': 'apple\nBANANA\n\ncherry an x\nbbb\nnew\n',
  'tabs.txt': 'a\tb\tc\nd\te\tf\n',
  'nums.txt': '10\n9\n100\n2\n',
  'dups.txt': 'aa\naa\nbb\naa\nbb\nbb\n',
  'cols.txt': 'b 10\na 2\na 30\nc 7 x\n',
  'sizes.txt': '10K\n2M\n512\n1G\n',
  'versions.txt': '1.10\n1.9\n1.2.3\n1.2\n',
  'paths.txt': '/a/b\n/c/d\n',
  passwd: 'root:x:0:Root\ndaemon:x:1:d,e\nbin:x:20:\n',
  'dir/f1': 'abc\n',
  'dir/sub/f2': 'b\n',
  'dir/empty': '',
};

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
}

function byGnu(script: string): Outcome {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'tools-')));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(cwd, dirname(path)), { recursive: true });
      writeFileSync(join(cwd, path), content);
    }
    const result = spawnSync('/bin/bash', ['-c', script], {
      argv0: 'bash',
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

function byUs(script: string): Outcome {
  const { run, files: tree } = testMachine();
  for (const [path, content] of Object.entries(files)) {
    tree.makeDirectory(join('/work', dirname(path)), { parents: true });
    tree.write(join('/work', path), encodeUtf8(content));
  }
  tree.makeDirectory('/home/me', { parents: true });
  tree.makeDevice('/dev/zero', 'zero');
  tree.makeDevice('/dev/stdout', 'stdout');
  tree.makeDevice('/dev/stderr', 'stderr');
  tree.installProgram('/bin/bash', shellProgram(bash));
  tree.installProgram('/bin/sh', shellProgram(dash));
  installTools(tree, '/usr/bin', 'gnu');
  const { stdout, stderr, code, fault } = run(shellProgram(bash), ['bash', '-c', script], {
    environment,
    workingDirectory: '/work',
  });
  if (fault) throw fault;
  return { stdout, stderr, code };
}

/** The names that programs were called by differ (`/usr/bin/printf: …`), and so may the wording of a hint. */
function comparable({ stdout, stderr, code }: Outcome): Outcome {
  const lines = stderr.split('\n').map((line) =>
    line
      .replace(/^\/usr\/bin\//, '')
      .replaceAll(/[‘’`']/g, "'")
      .replace(/\s+\d+ Killed/, ' PID Killed'),
  );
  return { stdout, stderr: lines.join('\n'), code };
}

const isDebian =
  existsSync('/etc/os-release') &&
  /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')) &&
  existsSync('/bin/bash');

describe.skipIf(!isDebian)('prints and exits as the GNU tools do', () => {
  it.each(oracleCommands)('%s', (script) => expect(comparable(byUs(script))).toEqual(comparable(byGnu(script))));
});

describe.skipIf(!isDebian || !existsSync('/usr/bin/mawk'))('prints and exits as mawk does', () => {
  it.each(oracleAwk)('%s', (script) => expect(comparable(byUs(script))).toEqual(comparable(byGnu(script))));
});
