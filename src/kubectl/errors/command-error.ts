import type { ApiError } from '../../api/index.ts';

/** What a command found wrong; printed after `error: `. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** A command was called in a way that it does not understand: points at its help. */
export function usageError(commandPath: string, message: string): CommandError {
  return new CommandError(`${message}\nSee '${commandPath} -h' for help and examples`);
}

/** Ends the command with a status, without a word (or with one, taken as it stands). */
export class ExitStatus extends Error {
  override readonly name = 'ExitStatus';
  readonly status: number;

  constructor(status: number, message = '') {
    super(message);
    this.status = status;
  }
}

/** Several things went wrong. Upstream: apimachinery/pkg/util/errors Aggregate */
export class ErrorList extends Error {
  override readonly name = 'ErrorList';
  readonly errors: readonly Error[];

  constructor(errors: readonly Error[]) {
    const messages = [...new Set(flattened(errors).map((error) => error.message))];
    super(messages.length === 1 ? messages[0] : `[${messages.join(', ')}]`);
    this.errors = errors;
  }
}

/** The errors in it, without the lists around them. */
export function flattened(errors: readonly Error[]): readonly Error[] {
  return errors.flatMap((error) => (error instanceof ErrorList ? flattened(error.errors) : [error]));
}

/** One error for many: nothing for none, itself for one. */
export function joinErrors(errors: readonly Error[]): Error | undefined {
  if (errors.length === 0) return undefined;
  return errors.length === 1 ? errors[0] : new ErrorList(errors);
}

export function throwJoined(errors: readonly Error[]): void {
  const error = joinErrors(errors);
  if (error) throw error;
}

/** Nobody answers at the server's address. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly host: string;
  readonly isRefused: boolean;

  constructor(host: string, why: string) {
    super(why);
    this.host = host;
    this.isRefused = why.includes('connection refused');
  }
}

/** The kubeconfig does not hold together. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Any refusal of the API, under the name that callers here think of. */
export type ServerError = ApiError;
