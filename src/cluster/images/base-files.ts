import { encodeUtf8 } from '../../kernel/index.ts';
import {
  ash,
  bash,
  dash,
  memoryFileSystem,
  shellProgram,
  toolNamed,
  toolNames,
  type MemoryFileSystem,
  type Program,
} from '../../shell/index.ts';

/** When the files of the images were made. */
export const imageTimeMs = Date.UTC(2025, 9, 7, 12);

/** The file trees that images build on. */
export type Distribution = 'debian' | 'alpine' | 'busybox' | 'scratch';

const directories = [
  '/dev',
  '/etc',
  '/home',
  '/proc',
  '/root',
  '/run',
  '/sys',
  '/tmp',
  '/usr/bin',
  '/usr/sbin',
  '/usr/lib',
  '/usr/local/bin',
  '/var/log',
  '/var/cache',
  '/var/lib',
  '/var/tmp',
  '/mnt',
  '/opt',
  '/srv',
];

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

/** What a slim Debian has of the tools; `ps`, `ping`, `wget` and their like it has not. */
const debianTools = new Set(
  (
    '[ awk base64 basename bunzip2 cat chgrp chmod chown cksum cmp comm cp cut date dd df diff dirname du echo egrep env expand expr factor false ' +
    'fgrep find fold free grep groups gunzip gzip head hostname id install join link ln ls md5sum mkdir mktemp mv nl nohup nproc od paste printenv ' +
    'printf pwd readlink realpath rev rm rmdir sed seq sha1sum sha256sum shuf sleep sort split stat sync tac tail tar tee test timeout touch tr true ' +
    'truncate tty uname uniq unlink wc which whoami xargs yes zcat'
  ).split(' '),
);

/** Programs that BusyBox does not bring along. */
const notInBusybox = new Set(['curl', 'redis-cli', 'bash', 'zcat']);

/** The tree of a distribution, with `extra` programs beside its own. A new one at each call. */
export function distributionFiles(
  distribution: Distribution,
  extra: Readonly<Record<string, Program>> = {},
): MemoryFileSystem {
  const files = memoryFileSystem({ nowMs: () => imageTimeMs });
  if (distribution === 'scratch') {
    files.makeDirectory('/etc');
    files.makeDirectory('/dev');
    makeDevices(files);
    installAll(files, '', extra);
    return files;
  }
  for (const path of directories) files.makeDirectory(path, { parents: true });
  files.link('/run', '/var/run', { symbolic: true });
  files.setMode('/root', 0o700);
  files.setMode('/tmp', 0o1777);
  files.setMode('/var/tmp', 0o1777);
  makeDevices(files);
  putText(
    files,
    '/etc/passwd',
    'root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/usr/sbin/nologin\ndaemon:x:2:2:daemon:/usr/sbin:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
  );
  putText(files, '/etc/group', 'root:x:0:\nbin:x:1:\ndaemon:x:2:\nwww-data:x:33:\nnogroup:x:65534:\n');
  putText(files, '/etc/nsswitch.conf', 'hosts: files dns\n');
  if (distribution === 'debian') installDebian(files);
  else installBusybox(files, distribution);
  installAll(files, '/usr/bin', extra);
  return files;
}

function makeDevices(files: MemoryFileSystem): void {
  for (const [name, kind] of Object.entries(devices)) files.makeDevice(`/dev/${name}`, kind);
}

export function putText(files: MemoryFileSystem, path: string, text: string): void {
  files.write(path, encodeUtf8(text));
}

function installAll(files: MemoryFileSystem, directory: string, programs: Readonly<Record<string, Program>>): void {
  for (const [name, program] of Object.entries(programs)) {
    files.installProgram(name.startsWith('/') ? name : `${directory}/${name}`, program);
  }
}

function installDebian(files: MemoryFileSystem): void {
  for (const name of ['bin', 'sbin', 'lib']) files.link(`usr/${name}`, `/${name}`, { symbolic: true });
  putText(
    files,
    '/etc/os-release',
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n',
  );
  putText(files, '/etc/debian_version', '12.11\n');
  files.installProgram('/usr/bin/bash', shellProgram(bash));
  files.installProgram('/usr/bin/dash', shellProgram(dash));
  files.link('dash', '/usr/bin/sh', { symbolic: true });
  for (const name of toolNames)
    if (debianTools.has(name)) files.installProgram(`/usr/bin/${name}`, toolNamed(name, 'gnu')!);
}

function installBusybox(files: MemoryFileSystem, distribution: 'alpine' | 'busybox'): void {
  files.makeDirectory('/bin');
  files.makeDirectory('/sbin');
  files.installProgram('/bin/busybox', busyboxProgram);
  const link = (path: string): void =>
    distribution === 'alpine'
      ? files.link('/bin/busybox', path, { symbolic: true })
      : files.link('/bin/busybox', path, { symbolic: false });
  for (const name of appletNames) link(`/bin/${name}`);
  if (distribution !== 'alpine') return;
  putText(files, '/etc/alpine-release', '3.22.1\n');
  putText(
    files,
    '/etc/os-release',
    'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME="Alpine Linux v3.22"\n',
  );
}

const appletNames: readonly string[] = ['ash', 'sh', ...toolNames.filter((name) => !notInBusybox.has(name))];

const shell = shellProgram(ash);

/** One executable that is all the applets: the name by which it is called says which. */
export const busyboxProgram: Program = function* (context) {
  const called = context.argv[0]!.split('/').at(-1)!.replace(/^-/, '');
  if (called !== 'busybox') return yield* runApplet(context, called);
  const name = context.argv[1];
  if (name === undefined || name === '--help') {
    const names = appletNames.toSorted().join(', ');
    yield* context.stdout.write(
      encodeUtf8(
        `BusyBox v1.37.0 multi-call binary.\n\nUsage: busybox [function [arguments]...]\n\nCurrently defined functions:\n\t${names}\n`,
      ),
    );
    return 0;
  }
  if (name === '--list') {
    yield* context.stdout.write(encodeUtf8(`${appletNames.toSorted().join('\n')}\n`));
    return 0;
  }
  return yield* runApplet({ ...context, argv: context.argv.slice(1) }, name);
};

function runApplet(context: Parameters<Program>[0], name: string): ReturnType<Program> {
  if (name === 'sh' || name === 'ash') return shell(context);
  const program = appletNames.includes(name) ? toolNamed(name, 'busybox') : undefined;
  return program ? program(context) : refuseApplet(context, name);
}

function* refuseApplet({ stderr }: Parameters<Program>[0], name: string): ReturnType<Program> {
  yield* stderr.write(encodeUtf8(`${name}: applet not found\n`));
  return 127;
}
