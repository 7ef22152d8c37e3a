import type { Pod } from '../../../api/generated/types.ts';
import type { Command } from '../../command/command.ts';
import { declareContainerFlag } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, ExitStatus } from '../../errors/command-error.ts';
import { baseName, cleanPath, directoryOf, joinPath } from '../../go/path.ts';
import type { KubectlIo } from '../../kubectl-io.ts';
import { chooseContainer } from '../../pods/containers.ts';
import { runRemotely, type TerminalEnds } from '../../pods/remote-command.ts';
import { parseFileSpec, remotePath, withoutShortcuts, type FileSpec } from './file-spec.ts';
import { concatenated, isWholeTar, packTar, unpackTar, type TarMember } from './tar.ts';

/**
 * Copies files as archives that `tar` in the container writes or reads.
 * Upstream: kubectl/pkg/cmd/cp/cp.go
 * Differs: follows local symbolic links, and does not resume a broken copy (--retries).
 */
export const cpCommand: Command = {
  name: 'cp',
  short: 'Copy files and directories to and from containers',
  examples: `# This needs 'tar' in the container's image; without it, 'kubectl cp' fails.

# A local directory to a pod in the default namespace
kubectl cp /tmp/foo_dir <some-pod>:/tmp/bar_dir

# A local file to one of several containers
kubectl cp /tmp/foo <some-pod>:/tmp/bar -c <specific-container>

# To a pod in another namespace
kubectl cp /tmp/foo <some-namespace>/<some-pod>:/tmp/bar

# From a pod
kubectl cp <some-namespace>/<some-pod>:/tmp/foo /tmp/bar`,
  usage: 'cp <file-spec-src> <file-spec-dest>',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareContainerFlag(flags);
    flags.bool('no-preserve', "Don't keep ownership and permissions in the container");
    flags.integer('retries', 'How often to try again when a copy from a container breaks off; negative for ever.');
  },
  run: copy,
};

async function copy(invocation: Invocation): Promise<void> {
  if (invocation.arguments.length !== 2) throw new CommandError('source and destination are required');
  const [source, target] = invocation.arguments.map(parseFileSpec) as [FileSpec, FileSpec];
  if (source.pod !== '' && target.pod !== '') {
    throw new CommandError('one of src or dest must be a local file specification');
  }
  if (source.path === '' || target.path === '') throw new CommandError('filepath can not be empty');
  if (source.pod !== '') await copyFromPod(invocation, source, target.path);
  else if (target.pod !== '') await copyToPod(invocation, source.path, target);
  else throw new CommandError('one of src or dest must be a remote file specification');
}

async function copyToPod(invocation: Invocation, source: string, target: FileSpec): Promise<void> {
  const { files, stdout, stderr } = invocation.io;
  if (!(await files.stat(source))) throw new CommandError(`${source} doesn't exist in local filesystem`);
  const isDirectory = await execute(invocation, target, ['test', '-d', target.path], silent).then(
    () => true,
    () => false,
  );
  invocation.io.signal.throwIfAborted();
  const path = isDirectory ? joinPath(target.path, baseName(source)) : target.path;
  const members: TarMember[] = [];
  await collect(invocation.io, cleanPath(source), baseName(cleanPath(path)), members);
  const preserving = invocation.flags.getBool('no-preserve') ? ['--no-same-permissions', '--no-same-owner'] : [];
  const command = ['tar', ...preserving, '-xmf', '-', '-C', directoryOf(path)];
  await execute(invocation, target, command, { stdin: inputOf(packTar(members)), stdout, stderr });
}

/** A file, or what is in a directory; the directory itself only when it is empty. */
async function collect(io: KubectlIo, path: string, name: string, into: TarMember[]): Promise<void> {
  const stat = await io.files.stat(path);
  const common = { name, linkName: '' };
  if (!stat?.isDirectory) {
    const mode = stat?.isExecutable ? 0o755 : 0o644;
    into.push({ ...common, type: 'file', mode, content: await io.files.read(path) });
    return;
  }
  const entries = await io.files.list(path);
  if (entries.length === 0) into.push({ ...common, type: 'directory', mode: 0o755, content: new Uint8Array() });
  for (const entry of entries) {
    await collect(io, joinPath(path, entry.name), joinPath(name, entry.name), into);
  }
}

async function copyFromPod(invocation: Invocation, source: FileSpec, target: string): Promise<void> {
  const parts: Uint8Array[] = [];
  const ends: Pick<TerminalEnds, 'stdout' | 'stderr'> = {
    stdout: { write: (content) => void parts.push(bytesOf(content)) },
    // What tar complains about comes out with the rest, as upstream has it.
    stderr: invocation.io.stdout,
  };
  try {
    await execute(invocation, source, ['tar', 'cf', '-', source.path], ends);
  } catch (error) {
    // A whole archive will do: upstream does not wait for what becomes of tar afterwards.
    if (!(error instanceof ExitStatus) || !isWholeTar(concatenated(parts))) throw error;
  }
  const prefix = withoutShortcuts(cleanPath(source.path.replace(/^[/\\]+/, '')));
  let hasWarned = false;
  for (const member of unpackTar(concatenated(parts))) {
    if (!member.name.startsWith(prefix)) throw new CommandError('tar contents corrupted');
    const path = joinPath(target, remotePath(member.name.slice(prefix.length)));
    if (!isWithin(target, path)) {
      invocation.complain(`warning: file ${JSON.stringify(path)} is outside target destination, skipping\n`);
    } else if (member.type === 'symlink') {
      invocation.complain(symlinkWarning(path, member, hasWarned ? undefined : source));
      hasWarned = true;
    } else await writeMember(invocation, path, member);
  }
}

function isWithin(base: string, path: string): boolean {
  const root = cleanPath(base);
  return path === root || root === '.' ? !path.startsWith('../') && path !== '..' : path.startsWith(`${root}/`);
}

function symlinkWarning(path: string, { linkName }: TarMember, source: FileSpec | undefined): string {
  const text = `warning: skipping symlink: ${JSON.stringify(path)} -> ${JSON.stringify(linkName)}`;
  if (!source) return `${text}\n`;
  const [namespace, pod, from] = [source.namespace, source.pod, source.path].map((each) => JSON.stringify(each));
  return `${text} (consider using "kubectl exec -n ${namespace} ${pod} -- tar cf - ${from} | tar xf -")\n`;
}

async function writeMember({ io }: Invocation, path: string, { type, content }: TarMember): Promise<void> {
  const directory = type === 'directory' ? path : directoryOf(path);
  if (!(await io.files.stat(directory))) await io.files.makeDirectory(directory);
  if (type === 'directory') return;
  try {
    await io.files.write(path, content);
  } catch (error) {
    throw new CommandError(`open ${path}: ${(error as Error).message}`);
  }
}

const silent: Pick<TerminalEnds, 'stdout' | 'stderr'> = { stdout: { write: () => {} }, stderr: { write: () => {} } };

/** Upstream: kubectl/pkg/cmd/exec/exec.go ExecOptions.Run */
async function execute(
  invocation: Invocation,
  { namespace, pod: name }: FileSpec,
  command: readonly string[],
  ends: Pick<TerminalEnds, 'stdout' | 'stderr'> & Partial<TerminalEnds>,
): Promise<void> {
  const place = namespace || (await invocation.namespace());
  const pods = await invocation.resource(await invocation.mappingForKind('', 'Pod', 'v1'));
  const pod = (await pods.get(place, name)) as unknown as Pod;
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  const container =
    invocation.flags.getString('container') || chooseContainer(pod, '', (text) => ends.stderr.write(text)).name;
  await runRemotely(
    invocation,
    `/api/v1/namespaces/${place}/pods/${name}/exec`,
    { container, command },
    { stdin: ends.stdin !== undefined, stderr: true, tty: false },
    { ...invocation.io, ...ends },
  );
}

function inputOf(bytes: Uint8Array): TerminalEnds['stdin'] {
  let from = 0;
  return {
    isTerminal: false,
    read: () => {
      const part = bytes.subarray(from, from + 32_768);
      from += part.length;
      return Promise.resolve(part.length > 0 ? part : undefined);
    },
  };
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
}
