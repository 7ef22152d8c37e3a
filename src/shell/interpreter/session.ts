import { waitFor, type ByteSink, type ByteSource, type Process } from '../../kernel/index.ts';
import type { Machine } from '../program.ts';
import { completeLine, type Completion } from './completion.ts';
import { ExitShell } from './control-flow.ts';
import { engine } from './engine.ts';
import { reportEndedJobs, runToExit } from './execute/processes.ts';
import { expandPrompt } from './expand/prompt.ts';
import { openShell, recover } from './shell-program.ts';
import type { Job } from './state/jobs.ts';
import { bash, type Personality } from './state/personality.ts';
import type { Shell } from './state/shell.ts';
import { drive, Interruption, type Steps } from './steps.ts';
import { isCompleteSource } from './syntax/parse-source.ts';

export interface ShellSessionOptions {
  readonly machine: Machine;
  readonly stdin: ByteSource;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  readonly personality?: Personality;
  /** Runs before the first line, as ~/.bashrc does. */
  readonly startup?: string;
}

/** An interactive shell without its terminal: who edits lines and shows prompts gives it whole commands. */
export interface ShellSession {
  readonly process: Process;
  /** Runs a command (one or more lines) after those before it; `whenDone` gets `$?` when the prompt is due again. */
  run(text: string, whenDone?: (status: number) => void): void;
  /** Whether the text is a whole command; otherwise the continuation prompt is due. */
  isComplete(text: string): boolean;
  /** PS1, or PS2 for a continued line, as it is to be shown now. */
  prompt(which?: 'PS1' | 'PS2'): string;
  complete(line: string, cursor: number): Completion;
  /** Ctrl-C: SIGINT to the foreground job; without one the running line is given up. */
  interrupt(): void;
  /** Something runs in the foreground. */
  readonly isBusy: boolean;
  /** The shell has ended (`exit`, Ctrl-D); calls back at once when it already has. */
  onExit(listener: (status: number) => void): void;
  readonly status: number;
  readonly workingDirectory: string;
  readonly jobs: readonly Job[];
  /** What `history` lists; the terminal adds each line. */
  readonly history: string[];
  variable(name: string): string | undefined;
  setVariable(name: string, text: string): void;
  readonly aliases: ReadonlyMap<string, string>;
  /** The terminal's size changed. */
  resize(columns: number, rows: number): void;
}

interface Request {
  readonly text: string;
  readonly whenDone: ((status: number) => void) | undefined;
}

/** Starts an interactive shell on a machine. */
export function createShell(options: ShellSessionOptions): ShellSession {
  const personality = options.personality ?? bash;
  const { machine } = options;
  const requests: Request[] = [];
  const interruption = new Interruption();
  let wake: (() => void) | undefined;
  let isBusy = false;
  let shell!: Shell;

  const process = machine.processes.spawn({
    argv: [personality.id === 'bash' ? 'bash' : 'sh'],
    body(self) {
      const context = {
        process: self,
        argv: self.argv,
        environment: new Map(Object.entries(options.environment ?? {})),
        workingDirectory: options.workingDirectory ?? machine.user.home,
        stdin: options.stdin,
        stdout: options.stdout,
        stderr: options.stderr,
        machine,
      };
      shell = openShell(context, personality, { name: self.argv[0]!, isInteractive: true });
      shell.interruption = interruption;
      return drive(runToExit(shell, serve()), interruption);
    },
  })!;

  function* nextRequest(): Steps<Request> {
    while (requests.length === 0) {
      yield* waitFor<void>((resume) => {
        wake = () => resume();
        return () => (wake = undefined);
      });
    }
    return requests.shift()!;
  }

  function* serve(): Steps<number> {
    if (options.startup !== undefined) yield* runOne(options.startup);
    for (;;) {
      const request = yield* nextRequest();
      isBusy = true;
      try {
        yield* runOne(request.text);
        yield* reportEndedJobs(shell);
      } finally {
        isBusy = false;
        interruption.clear();
      }
      request.whenDone?.(shell.lastStatus);
    }
  }

  function* runOne(text: string): Steps<void> {
    try {
      shell.lastStatus = yield* engine.runSource(shell, text);
    } catch (thrown) {
      if (thrown instanceof ExitShell) throw thrown;
      yield* recover(shell, thrown);
    }
  }

  return {
    process,
    run(text, whenDone) {
      requests.push({ text, whenDone });
      isBusy = true;
      wake?.();
    },
    isComplete: isCompleteSource,
    prompt: (which = 'PS1') => promptNow(shell, shell.variables.get(which) ?? ''),
    complete: (line, cursor) => completeLine(shell, line, cursor),
    interrupt() {
      if (isBusy) shell.interrupt();
    },
    get isBusy() {
      return isBusy;
    },
    onExit: (listener) => process.onExit(({ code }) => listener(code)),
    get status() {
      return shell.lastStatus;
    },
    get workingDirectory() {
      return shell.cwd;
    },
    get jobs() {
      return shell.jobs.list;
    },
    get history() {
      return shell.history;
    },
    variable: (name) => shell.variables.get(name),
    setVariable: (name, text) => shell.variables.set(name, text),
    get aliases() {
      return shell.aliases;
    },
    resize(columns, rows) {
      shell.variables.set('COLUMNS', String(columns));
      shell.variables.set('LINES', String(rows));
    },
  };
}

/** A prompt must be there at once: one whose expansions would have to wait is shown without them. */
function promptNow(shell: Shell, source: string): string {
  const steps = expandPrompt(shell, source);
  const step = steps.next();
  if (step.done) return step.value;
  steps.return('');
  return source.replace(/\$\([^)]*\)|`[^`]*`/g, '');
}
