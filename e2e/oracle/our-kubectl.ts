import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeApi } from '../../src/client/index.ts';
import { runKubectl, type KubectlFiles, type KubectlIo } from '../../src/kubectl/index.ts';
import { runProgram, type ProgramResult } from './run-program.ts';

export interface OurKubectlOptions {
  readonly api: KubeApi;
  /** The only address where a server answers. */
  readonly server: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  readonly onOutput?: (stdout: string) => void;
}

/** Runs our kubectl as a program of this machine, as the real one runs. */
export async function runOurs(argv: readonly string[], options: OurKubectlOptions): Promise<ProgramResult> {
  const { folder, environment } = options;
  let stdout = '';
  let stderr = '';
  let input: Uint8Array | undefined = options.stdin === undefined ? undefined : new TextEncoder().encode(options.stdin);
  const decoder = new TextDecoder();
  const textOf = (content: string | Uint8Array) => (typeof content === 'string' ? content : decoder.decode(content));
  const io: KubectlIo = {
    api: options.api,
    stdin: {
      isTerminal: false,
      async read() {
        const bytes = input;
        input = undefined;
        return bytes;
      },
    },
    stdout: {
      write(content) {
        stdout += textOf(content);
        options.onOutput?.(stdout);
      },
    },
    stderr: { write: (content) => void (stderr += textOf(content)) },
    files: filesBelow(folder),
    clock: {
      nowMs: () => Date.now(),
      async sleep(ms, signal) {
        await sleep(ms, undefined, { signal });
      },
    },
    environment: new Map(Object.entries(environment)),
    signal: options.signal ?? new AbortController().signal,
    async run([program, ...rest]) {
      const result = await runProgram(program!, rest, { workingDirectory: folder, environment });
      stdout += result.stdout;
      stderr += result.stderr;
      return result.code;
    },
    reaches: (server) => server === options.server,
  };
  const code = await runKubectl(argv, io);
  return { stdout, stderr, code };
}

function filesBelow(folder: string): KubectlFiles {
  return {
    read: (path) => inGo(async () => new Uint8Array(await readFile(resolve(folder, path)))),
    write: (path, content, mode) =>
      inGo(() => writeFile(resolve(folder, path), content, { ...(mode !== undefined && { mode }) })),
    stat: async (path) => {
      const found = await stat(resolve(folder, path)).catch(() => undefined);
      return found && { isDirectory: found.isDirectory() };
    },
    list: (path) =>
      inGo(async () => {
        const entries = await readdir(resolve(folder, path), { withFileTypes: true });
        return entries
          .map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      }),
    makeDirectory: (path) => inGo(async () => void (await mkdir(resolve(folder, path), { recursive: true }))),
    remove: (path) => inGo(() => rm(resolve(folder, path), { recursive: true, force: true })),
  };
}

const systemTexts: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  EACCES: 'permission denied',
};

/** Failures in the words that Go has for them. */
async function inGo<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new Error(systemTexts[code] ?? code, { cause: error });
  }
}
