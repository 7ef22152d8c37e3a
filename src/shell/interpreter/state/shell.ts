import type { Function as FunctionNode, Script, Statement } from 'unbash';
import { encodeUtf8, type Process } from '../../../kernel/index.ts';
import type { Machine } from '../../program.ts';
import { Interrupted, type ShellError } from '../control-flow.ts';
import type { Interruption, Steps } from '../steps.ts';
import { Descriptor, DescriptorTable } from './descriptor.ts';
import { JobTable } from './jobs.ts';
import { defaultOptions, type ShellOptions } from './options.ts';
import type { Personality } from './personality.ts';
import type { SourceUnit } from './source-unit.ts';
import { entriesOf, scalarOf } from './variable.ts';
import { Variables } from './variables.ts';

export interface ShellFunction {
  readonly name: string;
  readonly body: FunctionBody;
  readonly unit: SourceUnit;
}

type FunctionBody = FunctionNode['body'];

/** What the parts of the interpreter need from each other; put together in one place, so that they need not import one another. */
export interface Engine {
  runStatements(shell: Shell, statements: readonly Statement[], isLast?: boolean): Steps<number>;
  runSource(shell: Shell, text: string, options?: RunSourceOptions): Steps<number>;
  /** What `$(…)` prints, without the newlines at its end. */
  substitute(shell: Shell, script: Script | undefined, text: string): Steps<string>;
  /** The path that stands for `<(…)`. */
  substituteProcess(shell: Shell, script: Script | undefined, operator: '<' | '>'): Steps<string>;
  runFunctionBody(shell: Shell, body: FunctionBody): Steps<number>;
  isBuiltin(shell: Shell, name: string): boolean;
  runCommand(shell: Shell, argv: readonly string[], options?: RunCommandOptions): Steps<number>;
}

export interface RunSourceOptions {
  /** Before the words of an error message: `-c`, `eval`. */
  readonly origin?: string;
  readonly firstLine?: number;
  /** Nothing comes after this source: its last command may take the shell's place. */
  readonly isLast?: boolean;
}

export interface RunCommandOptions {
  readonly skipsFunctions?: boolean;
  readonly skipsPrograms?: boolean;
  /** Take the shell's own process, as exec does. */
  readonly replacesShell?: boolean;
  readonly usesStandardPath?: boolean;
  readonly environment?: ReadonlyMap<string, string>;
}

export interface ShellStart {
  readonly machine: Machine;
  readonly process: Process;
  readonly personality: Personality;
  readonly engine: Engine;
  readonly name: string;
  readonly isInteractive: boolean;
}

/** The state of one shell process. A subshell is a fork of it. */
export class Shell {
  readonly machine: Machine;
  readonly process: Process;
  readonly personality: Personality;
  readonly engine: Engine;
  readonly isInteractive: boolean;
  /** `$0` */
  name: string;
  variables = new Variables();
  functions = new Map<string, ShellFunction>();
  aliases = new Map<string, string>();
  hashed = new Map<string, string>();
  options: ShellOptions = defaultOptions();
  positional: readonly string[] = [];
  descriptors = new DescriptorTable();
  cwd = '/';
  umask = 0o022;
  directoryStack: readonly string[] = [];
  history: string[] = [];
  jobs = new JobTable();
  /** Commands by signal name (`INT`) or `EXIT`, `ERR`, `DEBUG`, `RETURN`; empty: ignored. */
  traps = new Map<string, string>();
  pendingTraps: string[] = [];
  interruption: Interruption | undefined;
  /** Files that stand for `<(…)` until the command is over. */
  temporaryFiles: string[] = [];
  /** `>(…)` that still have to be fed. */
  afterCommand: { readonly path: string; readonly script: Script | undefined }[] = [];
  /** A builtin waits that a trapped signal may cut short. */
  isInterruptible = false;
  /** What runs in the foreground: Ctrl-C is for these. */
  foreground: readonly Process[] = [];
  /** Ctrl-C went to the foreground: when that ends, the rest of the line is given up. */
  isInterrupted = false;

  lastStatus = 0;
  lastArgument = '';
  /** The source of the simple command that runs. */
  commandText = '';
  /** Of the last command substitution: what an assignment alone exits with. */
  substitutionStatus = 0;
  pipeStatus: readonly number[] = [0];
  backgroundPid: number | undefined;
  optionIndex = { argument: 1, letter: 1 };
  /** The pid that `$$` shows: the first shell's, in every subshell. */
  shellPid: number;
  isSubshell = false;
  /** Whether the first shell, of which this may be a fork, is interactive: its messages need no line numbers. */
  isAtPrompt: boolean;
  /** Its script is the argument of `-c`. */
  isCommandString = false;
  /** It reads its script from standard input. */
  readsInput = false;
  /** How deep in `$(…)` this shell is: `set -x` shows it. */
  substitutionDepth = 0;
  /** Above 0: `set -e` looks away (conditions, `!`, the left of `&&`). */
  unchecked = 0;
  loopDepth = 0;
  functionDepth = 0;
  sourceDepth = 0;
  /** Names of the functions that run, innermost last. */
  callNames: string[] = [];
  unit: SourceUnit | undefined;
  line = 1;
  readonly startedMs: number;
  #spent = 0;

  constructor(start: ShellStart) {
    this.machine = start.machine;
    this.process = start.process;
    this.personality = start.personality;
    this.engine = start.engine;
    this.name = start.name;
    this.isInteractive = start.isInteractive;
    this.isAtPrompt = start.isInteractive;
    this.shellPid = start.process.pid;
    this.startedMs = this.nowMs;
  }

  get nowMs(): number {
    return this.machine.processes.turns.nowMs();
  }

  /** This shell's copy in a process of its own. */
  fork(process: Process): Shell {
    const copy = new Shell({ ...this, process, isInteractive: false });
    copy.variables = this.variables.fork();
    copy.functions = new Map(this.functions);
    copy.aliases = new Map(this.aliases);
    copy.hashed = new Map(this.hashed);
    copy.options = { ...this.options, shopt: new Set(this.options.shopt) };
    copy.positional = this.positional;
    copy.descriptors = this.descriptors.fork();
    copy.cwd = this.cwd;
    copy.umask = this.umask;
    copy.directoryStack = this.directoryStack;
    copy.history = this.history;
    // Ignored signals stay ignored; what was trapped is not.
    for (const [name, command] of this.traps) if (command === '') copy.traps.set(name, command);
    copy.lastStatus = this.lastStatus;
    copy.lastArgument = this.lastArgument;
    copy.pipeStatus = this.pipeStatus;
    copy.backgroundPid = this.backgroundPid;
    copy.shellPid = this.shellPid;
    copy.isSubshell = true;
    copy.isAtPrompt = this.isAtPrompt;
    copy.isCommandString = this.isCommandString;
    copy.substitutionDepth = this.substitutionDepth;
    copy.unchecked = this.unchecked;
    copy.loopDepth = this.loopDepth;
    copy.functionDepth = this.functionDepth;
    copy.sourceDepth = this.sourceDepth;
    copy.callNames = [...this.callNames];
    copy.unit = this.unit;
    copy.line = this.line;
    return copy;
  }

  /** An absolute path for what a command wrote. */
  path(text: string): string {
    return text.startsWith('/') ? text : `${this.cwd === '/' ? '' : this.cwd}/${text}`;
  }

  descriptor(number: number): Descriptor {
    return this.descriptors.get(number) ?? closedDescriptor;
  }

  /** Ctrl-C: ends what runs in the foreground, else the line itself. */
  interrupt(): void {
    const running = this.foreground.filter((process) => !process.exit);
    if (running.length === 0) this.interruption?.request(new Interrupted());
    else {
      this.isInterrupted = true;
      for (const process of withDescendants(this.machine.processes.list(), running)) process.signal('SIGINT');
    }
  }

  isVariableSet(name: string): boolean {
    const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(name);
    const value = this.variables.find(element?.[1] ?? name)?.value;
    if (!element) return scalarOf(value) !== undefined;
    if (element[2] === '@' || element[2] === '*') return entriesOf(value).length > 0;
    return entriesOf(value).some(([key]) => key === element[2]);
  }

  isOptionSet(name: string): boolean {
    return this.options[name as keyof ShellOptions] === true;
  }

  isTerminal(descriptor: number): boolean {
    return this.descriptors.get(descriptor)?.terminal !== undefined;
  }

  *print(text: string): Steps<void> {
    yield* this.descriptor(1).write(encodeUtf8(text));
  }

  /** A message on standard error, introduced as this shell does it. */
  *complain(message: string, command?: string): Steps<void> {
    yield* this.descriptor(2).write(encodeUtf8(`${this.personality.introduce(this, command)}${message}\n`));
  }

  /** Says what a failed expansion or assignment has to say. */
  *report(error: ShellError): Steps<void> {
    if (error.message === '') return;
    const introduction = error.introduction ?? this.personality.introduce(this, undefined);
    const isBash = this.personality.id === 'bash';
    const message = isBash ? error.message : error.message.replace(/: readonly variable$/, ': is read only');
    yield* this.complainBare(`${introduction}${message}\n`);
  }

  /** Words for the user that no name introduces: `[1] 42`, `Terminated`. */
  *complainBare(text: string): Steps<void> {
    yield* this.descriptor(2).write(encodeUtf8(text));
  }

  /** Counts a step and gives others a turn now and then, so that an endless loop uses time instead of hanging. */
  *spend(): Steps<void> {
    if (++this.#spent < stepsPerTurn) return;
    this.#spent = 0;
    yield { kind: 'tick', cpuMs: stepsPerTurn * stepMs };
  }
}

/** These processes and all that they have started. */
function withDescendants(all: readonly Process[], roots: readonly Process[]): readonly Process[] {
  const pids = new Set(roots.map((process) => process.pid));
  // A child's pid is always higher than its parent's, and the list is in the order of pids.
  for (const process of all) if (pids.has(process.parentPid)) pids.add(process.pid);
  return all.filter((process) => pids.has(process.pid));
}

/** About what one simple command costs a shell. */
const stepMs = 0.02;
const stepsPerTurn = 25;

const closedDescriptor = new Descriptor({});
