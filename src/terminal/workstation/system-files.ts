import { encodeUtf8 } from '../../kernel/index.ts';
import { bash, dash, installTools, shellProgram, type MemoryFileSystem, type Program } from '../../shell/index.ts';
import { learner } from './home-files.ts';

const devices = {
  null: 'null',
  zero: 'zero',
  full: 'full',
  random: 'random',
  urandom: 'random',
  tty: 'tty',
  stdin: 'stdin',
  stdout: 'stdout',
  stderr: 'stderr',
} as const;

/** Everything outside the learner's home: devices, a few of /etc, and the programs. */
export function writeSystem(
  files: MemoryFileSystem,
  hostname: string,
  programs: Readonly<Record<string, Program>>,
): void {
  const folders = ['/dev/fd', '/etc', '/home', '/opt', '/root', '/usr/bin', '/usr/local/bin', '/usr/sbin', '/var/log'];
  for (const path of folders) files.makeDirectory(path, { parents: true });
  files.makeDirectory('/tmp');
  for (const path of ['/tmp', '/dev/fd']) files.setMode(path, 0o1777);
  files.setMode('/root', 0o700);
  files.link('usr/bin', '/bin', { symbolic: true });
  files.link('usr/sbin', '/sbin', { symbolic: true });
  for (const [name, kind] of Object.entries(devices)) files.makeDevice(`/dev/${name}`, kind);

  const { name, uid, gid, home } = learner;
  const texts: Readonly<Record<string, string>> = {
    hostname: `${hostname}\n`,
    hosts: `127.0.0.1\tlocalhost\n172.18.0.1\t${hostname}\n`,
    passwd: `root:x:0:0:root:/root:/bin/bash\n${name}:x:${uid}:${gid}::${home}:/bin/bash\n`,
    group: `root:x:0:\n${name}:x:${gid}:\n`,
    shells: '/bin/sh\n/bin/bash\n',
  };
  for (const [file, text] of Object.entries(texts)) files.write(`/etc/${file}`, encodeUtf8(text), { mode: 0o644 });

  installTools(files, '/usr/bin', 'gnu');
  files.installProgram('/usr/bin/bash', shellProgram(bash));
  files.installProgram('/usr/bin/sh', shellProgram(dash));
  for (const [path, program] of Object.entries(programs)) files.installProgram(path, program);
}
