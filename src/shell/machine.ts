import type { ProcessTable, RandomStream } from '../kernel/index.ts';
import { decodeUtf8 } from '../kernel/index.ts';
import type { FileSystem } from './file-system.ts';
import type { Machine, NetworkStack, Program } from './program.ts';

export interface MachineOptions {
  readonly hostname: string;
  readonly files: FileSystem;
  readonly processes: ProcessTable;
  readonly network: NetworkStack;
  readonly random: RandomStream;
  readonly user: Machine['user'];
}

/** A machine whose programs are the executables in its files. */
export function createMachine(options: MachineOptions): Machine {
  return { loadProgram: (path) => loadProgram(options.files, path, 0), ...options };
}

/** A script names its interpreter, which may be a script in turn; the kernel follows four. */
const interpreterLimit = 4;

/** execve(2)'s choice of what runs: the program that the file stands for, or the interpreter of its first line. */
function loadProgram(files: FileSystem, path: string, depth: number): Program | undefined {
  if (files.stat(path)?.type !== 'file' || !files.mayAccess(path, 'execute')) return undefined;
  const program = files.programOf(path);
  if (program || depth > interpreterLimit) return program;
  const line = interpreterLine(files.read(path));
  const interpreter = line && loadProgram(files, line.path, depth + 1);
  if (!interpreter) return undefined;
  const options = line.argument === undefined ? [] : [line.argument];
  return (context) => interpreter({ ...context, argv: [line.path, ...options, path, ...context.argv.slice(1)] });
}

/** What `#!` names: a path and, as on Linux, at most one argument. */
export function interpreterLine(content: Uint8Array): { path: string; argument: string | undefined } | undefined {
  if (content[0] !== 0x23 || content[1] !== 0x21) return undefined;
  const end = content.indexOf(10);
  const line = decodeUtf8(content.subarray(2, end < 0 ? Math.min(content.length, 255) : end)).trim();
  const [, path, argument] = /^(\S+)(?:\s+(.*))?$/.exec(line) ?? [];
  return path === undefined ? undefined : { path, argument };
}
