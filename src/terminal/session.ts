import { createShell, type ShellSession } from '../shell/index.ts';
import { expandHistory } from './line-editor/history-expansion.ts';
import { LineEditor, type LineEnd } from './line-editor/line-editor.ts';
import type { Screen } from './screen/screen.ts';
import { Tty } from './screen/tty.ts';
import { completerOf } from './workstation/complete.ts';
import type { Workstation } from './workstation/workstation.ts';

export interface TerminalSessionOptions {
  readonly workstation: Workstation;
  readonly screen: Screen;
  /** The shell has ended. Without this, another one starts. */
  readonly onExit?: (status: number) => void;
  /** Called when the first prompt is due: clears the screen's line, and gives what was typed before there was a shell. */
  readonly takeOver?: () => string;
}

/** A shell on the workstation behind a screen. */
export interface TerminalSession {
  /** Something runs in the foreground. */
  readonly isBusy: boolean;
  /** Runs a line as though it had been typed; what is being edited is given up. */
  run(line: string): void;
  /** Leaves the screen and ends the shell. */
  dispose(): void;
}

const bracketedPasteOn = '\x1b[?2004h';
const bracketedPasteOff = '\x1b[?2004l';
const historyLimit = 2000;

/** Opens a terminal on a workstation. */
export function createTerminalSession(options: TerminalSessionOptions): TerminalSession {
  return new Session(options);
}

class Session implements TerminalSession {
  readonly #workstation: Workstation;
  readonly #screen: Screen;
  #takeOver: (() => string) | undefined;
  readonly #onExit: ((status: number) => void) | undefined;
  readonly #tty: Tty;
  readonly #editor: LineEditor;
  readonly #subscriptions: { dispose(): void }[];
  #shell: ShellSession;
  #isEditing = false;
  #isDisposed = false;
  /** The lines of a command that is not complete yet. */
  #unfinished = '';

  constructor({ workstation, screen, onExit, takeOver }: TerminalSessionOptions) {
    this.#takeOver = takeOver;
    this.#workstation = workstation;
    this.#screen = screen;
    this.#onExit = onExit;
    this.#tty = new Tty(screen);
    this.#tty.onInterrupt = () => this.#shell.interrupt();
    const complete = completerOf(workstation, () => this.#shell);
    this.#editor = new LineEditor({
      write: (text) => screen.write(text),
      columns: () => screen.columns,
      rows: () => screen.rows,
      complete,
    });
    const resizing = screen.onResize?.(() => this.#resize());
    this.#subscriptions = [screen.onData((data) => this.#receive(data)), ...(resizing ? [resizing] : [])];
    this.#shell = this.#startShell();
  }

  get isBusy(): boolean {
    return this.#shell.isBusy;
  }

  run(line: string): void {
    if (!this.#isEditing) this.#tty.type(`${line}\r`);
    else this.#receive(`\x01\x0b${line}\r`);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#shell.process.signal('SIGKILL');
  }

  #startShell(): ShellSession {
    const { machine, environment, history } = this.#workstation;
    const { source, sink } = this.#tty;
    const shell = createShell({
      machine,
      stdin: source,
      stdout: sink,
      stderr: sink,
      environment,
      startup: 'if [ -f ~/.bashrc ]; then . ~/.bashrc; fi',
    });
    shell.history.push(...history);
    shell.resize(this.#screen.columns, this.#screen.rows);
    shell.onExit((status) => this.#shellEnded(status));
    // The prompt is due when ~/.bashrc has run.
    shell.run('', () => this.#prompt());
    return shell;
  }

  #shellEnded(status: number): void {
    if (this.#isDisposed) return;
    const { fault } = this.#shell.process.exit ?? {};
    if (fault !== undefined) this.#tty.print(`bash: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    this.#tty.setRaw(false);
    this.#isEditing = false;
    if (this.#onExit && fault === undefined) this.#onExit(status);
    else this.#shell = this.#startShell();
  }

  #prompt(): void {
    if (this.#isDisposed) return;
    this.#tty.setRaw(false);
    this.#isEditing = true;
    this.#unfinished = '';
    const typedBefore = this.#takeOver?.() ?? '';
    this.#takeOver = undefined;
    this.#screen.write(bracketedPasteOn);
    this.#editor.begin(this.#shell.prompt('PS1'), this.#shell.history);
    this.#receive(typedBefore + this.#tty.takeUnread());
  }

  #receive(data: string): void {
    let rest = data;
    while (rest !== '' && this.#isEditing) {
      const fed = this.#editor.feed(rest);
      rest = fed.rest;
      if (fed.end) this.#lineEnded(fed.end);
    }
    if (rest !== '') this.#tty.type(rest);
  }

  #lineEnded(end: LineEnd): void {
    switch (end.type) {
      case 'interrupt':
        this.#execute('(exit 130)', 'quiet');
        break;
      case 'end':
        this.#execute('exit', 'quiet');
        break;
      case 'line':
        this.#lineEntered(end.text);
        break;
    }
  }

  #lineEntered(line: string): void {
    const expansion = expandHistory(line, this.#shell.history);
    if (expansion.problem !== undefined) {
      this.#tty.print(`bash: ${expansion.problem}\n`);
      return this.#execute('', 'quiet');
    }
    if (expansion.isChanged) this.#tty.print(`${expansion.line}\n`);
    const text = this.#unfinished + expansion.line;
    if (this.#shell.isComplete(text)) return this.#execute(text);
    this.#unfinished = `${text}\n`;
    this.#editor.begin(this.#shell.prompt('PS2'), this.#shell.history);
  }

  #execute(text: string, how: 'remembered' | 'quiet' = 'remembered'): void {
    this.#isEditing = false;
    this.#unfinished = '';
    this.#screen.write(bracketedPasteOff);
    if (how === 'remembered') this.#remember(text);
    this.#shell.run(text, () => {
      this.#workstation.changed();
      this.#prompt();
    });
  }

  /** HISTCONTROL says what is not worth keeping. */
  #remember(text: string): void {
    const control = (this.#shell.variable('HISTCONTROL') ?? '').split(':');
    const ignores = (what: string) => control.includes(what) || control.includes('ignoreboth');
    if (text.trim() === '' || (ignores('ignorespace') && text.startsWith(' '))) return;
    for (const history of [this.#shell.history, this.#workstation.history]) {
      if (ignores('ignoredups') && history.at(-1) === text) continue;
      history.push(text);
      if (history.length > historyLimit) history.splice(0, history.length - historyLimit);
    }
  }

  #resize(): void {
    this.#shell.resize(this.#screen.columns, this.#screen.rows);
    this.#tty.resized();
    if (this.#isEditing) this.#editor.redraw();
  }
}
