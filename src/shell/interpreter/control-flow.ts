/** `break n` on its way to the loop. */
export class BreakLoop {
  levels: number;
  constructor(levels: number) {
    this.levels = levels;
  }
}

/** `continue n` on its way to the loop. */
export class ContinueLoop {
  levels: number;
  constructor(levels: number) {
    this.levels = levels;
  }
}

/** `return` on its way to the function or sourced file. */
export class ReturnFromFunction {
  readonly status: number;
  constructor(status: number) {
    this.status = status;
  }
}

/** The shell (or subshell) ends: `exit`, `set -e`, or an error that POSIX calls fatal. */
export class ExitShell {
  readonly status: number;
  constructor(status: number) {
    this.status = status;
  }
}

/** The current command is given up with a message: a bad expansion, an assignment to a read-only variable. */
export class ShellError extends Error {
  override readonly name = 'ShellError';
  readonly status: number;
  /** Whether a shell that is not interactive ends over it. */
  readonly isFatal: boolean;
  /** Who says it, when that was settled where it happened: in a function that has been left since. */
  introduction: string | undefined;
  constructor(message: string, options: { readonly status?: number; readonly isFatal?: boolean } = {}) {
    super(message);
    this.status = options.status ?? 1;
    this.isFatal = options.isFatal ?? true;
  }
}

/** Ctrl-C at the prompt: everything on this line is given up. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A trapped signal came while a builtin waited. */
export class TrapPending extends Error {
  override readonly name = 'TrapPending';
}

export type ControlFlow = BreakLoop | ContinueLoop | ReturnFromFunction | ExitShell;

export function isControlFlow(thrown: unknown): thrown is ControlFlow {
  return (
    thrown instanceof BreakLoop ||
    thrown instanceof ContinueLoop ||
    thrown instanceof ReturnFromFunction ||
    thrown instanceof ExitShell
  );
}
