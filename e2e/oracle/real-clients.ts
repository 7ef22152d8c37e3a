import { afterAll, beforeAll, expect } from 'vitest';
import { ensureOracle } from '../../scripts/oracle.mjs';
import {
  endPrograms,
  runProgram,
  startProgram,
  type ProgramOptions,
  type ProgramResult,
  type RunningProgram,
} from './run-program.ts';
import { splitCommandLine } from './split-command-line.ts';
import { startCluster, type TestCluster } from './test-cluster.ts';
import { createWorkplace, type Workplace } from './workplace.ts';

const oracle = ensureOracle();

/** Why the comparisons with the real programs are skipped, if they are. */
export const missing = oracle.missing;
export const suiteNote = missing === undefined ? '' : ` (skipped: ${missing})`;

interface CallOptions {
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real clients against one running cluster behind a bridge. */
export interface RealClients {
  readonly cluster: TestCluster;
  readonly workplace: Workplace;
  kubectl(line: string, options?: CallOptions): Promise<ProgramResult>;
  /** Expects exit status 0; gives standard output. */
  ok(line: string, options?: CallOptions): Promise<string>;
  /** Expects another exit status; gives standard error. */
  fails(line: string, options?: CallOptions & { readonly code?: number }): Promise<string>;
  /** Starts a kubectl that goes on by itself. */
  start(line: string, options?: CallOptions): RunningProgram;
  helm(line: string): Promise<string>;
}

/** Starts a cluster before the tests of a file, and ends it and every program after them. */
export function useRealClients({ needsOracle = true } = {}): RealClients {
  let cluster: TestCluster | undefined;
  let workplace: Workplace | undefined;

  beforeAll(async () => {
    if (needsOracle && missing !== undefined) return;
    cluster = await startCluster({ seed: 1, epochMs: Math.floor(Date.now() / 1000) * 1000, nodes: 3, speed: 20 });
    workplace = createWorkplace(cluster.url);
    await cluster.runFor(30_000);
  });
  afterAll(() => {
    endPrograms();
    cluster?.stop();
    workplace?.remove();
  });

  function programOptions({ stdin, environment }: CallOptions): ProgramOptions {
    return {
      workingDirectory: workplace!.folder,
      environment: { ...workplace!.environment, ...environment },
      ...(stdin !== undefined && { stdin }),
    };
  }
  const kubectl = (line: string, options: CallOptions = {}) =>
    runProgram(oracle.kubectl!, splitCommandLine(line), programOptions(options));
  return {
    get cluster() {
      return cluster!;
    },
    get workplace() {
      return workplace!;
    },
    kubectl,
    async ok(line, options) {
      const { code, stdout, stderr } = await kubectl(line, options);
      expect(code, `kubectl ${line}\n${stdout}${stderr}`).toBe(0);
      return stdout;
    },
    async fails(line, options = {}) {
      const { code, stdout, stderr } = await kubectl(line, options);
      expect(code, `kubectl ${line}\n${stdout}${stderr}`).toBe(options.code ?? 1);
      return stderr;
    },
    start: (line, options = {}) => startProgram(oracle.kubectl!, splitCommandLine(line), programOptions(options)),
    async helm(line) {
      const { code, stdout, stderr } = await runProgram(oracle.helm!, splitCommandLine(line), programOptions({}));
      expect(code, `helm ${line}\n${stdout}${stderr}`).toBe(0);
      return stdout;
    },
  };
}
