import { sinkTo, sourceOf, waitFor, type ByteSource } from '../kernel/index.ts';
import { bash, shellProgram } from '../shell/index.ts';
import type { Workstation } from './workstation/workstation.ts';

export interface ScriptOptions {
  /** What follows `bash`: `-c script`, or a file and its arguments. */
  readonly argv: readonly string[];
  /** Standard input, as it comes; nothing when absent. */
  readonly stdin?: ReadableStream<Uint8Array>;
  readonly stdout: (bytes: Uint8Array) => void;
  readonly stderr: (bytes: Uint8Array) => void;
  readonly signal?: AbortSignal;
}

/** Runs a script on the workstation without a screen and gives back its exit status. The learner's aliases hold. */
export async function runScript(workstation: Workstation, options: ScriptOptions): Promise<number> {
  await workstation.time.refresh();
  const { machine, environment, home } = workstation;
  const program = shellProgram(bash);
  const argv = ['bash', ...options.argv];
  const stdin = options.stdin ? streamSource(options.stdin) : sourceOf();
  return new Promise((resolve, reject) => {
    const process = machine.processes.spawn({
      argv,
      body: (self) =>
        program({
          process: self,
          argv,
          environment: new Map(Object.entries(environment)),
          workingDirectory: home,
          stdin,
          stdout: sinkTo(options.stdout),
          stderr: sinkTo(options.stderr),
          machine,
        }),
    });
    if (!process) return reject(new Error('too many processes'));
    options.signal?.addEventListener('abort', () => {
      for (const running of machine.processes.list()) running.signal('SIGINT');
    });
    process.onExit(({ code, fault }) => {
      if (fault === undefined) resolve(code);
      else reject(fault instanceof Error ? fault : new Error(String(fault)));
    });
  });
}

function streamSource(stream: ReadableStream<Uint8Array>): ByteSource {
  const reader = stream.getReader();
  return {
    *read() {
      const next = yield* waitFor<Uint8Array | undefined>((resume) => {
        reader.read().then(
          ({ value }) => resume(value),
          () => resume(undefined),
        );
      });
      return next;
    },
    close: () => {},
  };
}
