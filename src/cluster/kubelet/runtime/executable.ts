/**
 * Which program a command line means inside a container, or runc's words for why there is none.
 * Upstream: opencontainers/runc libcontainer/standard_init_linux.go, Go's os/exec.LookPath
 */
import type { Machine, Program } from '../../../shell/index.ts';
import { goQuote } from '../../../api/json.ts';

export type Executable = { readonly program: Program; readonly path: string } | { readonly problem: string };

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function findExecutable(
  machine: Machine,
  name: string,
  environment: ReadonlyMap<string, string>,
  workingDirectory: string,
): Executable {
  if (name.includes('/')) return atPath(machine, name, name.startsWith('/') ? name : `${workingDirectory}/${name}`);
  if (name !== '') {
    for (const directory of (environment.get('PATH') ?? defaultPath).split(':')) {
      const path = `${directory}/${name}`;
      const program = machine.loadProgram(path);
      if (program) return { program, path };
    }
  }
  return { problem: `exec: ${goQuote(name)}: executable file not found in $PATH` };
}

function atPath(machine: Machine, name: string, path: string): Executable {
  const program = machine.loadProgram(path);
  if (program) return { program, path };
  const stat = machine.files.stat(path);
  if (!stat) return { problem: `exec: ${goQuote(name)}: stat ${name}: no such file or directory` };
  if (stat.type === 'directory') return { problem: `exec: ${goQuote(name)}: is a directory` };
  if (!machine.files.mayAccess(path, 'execute')) return { problem: `exec: ${goQuote(name)}: permission denied` };
  return { problem: 'exec format error' };
}
