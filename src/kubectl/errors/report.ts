import { ApiError, goQuote, type StatusCause } from '../../api/index.ts';
import { NoResourceMatchError } from '../rest/rest-mapper.ts';
import { ConfigurationError, ConnectionError, ErrorList, ExitStatus } from './command-error.ts';

/** What is printed on standard error for a failure, and the exit status. */
export interface Report {
  readonly text: string;
  readonly status: number;
}

/** Upstream: kubectl/pkg/cmd/util/helpers.go checkErr */
export function reportOf(thrown: unknown): Report {
  const error = single(thrown);
  if (error instanceof ExitStatus) return { text: withNewline(error.message), status: error.status };
  if (error instanceof ApiError && error.reason === 'Invalid') return failure(invalidText(error));
  if (error instanceof ConfigurationError) return failure(`Error in configuration: ${error.message}`);
  if (error instanceof ErrorList) {
    return failure(error.errors.map((item) => `${messageOf(item)}\n`).join(''));
  }
  if (error instanceof NoResourceMatchError) return failure(error.message);
  const known = standardMessage(error);
  if (known !== undefined) return failure(known);
  return failure(error.message.startsWith('error: ') ? error.message : `error: ${error.message}`);
}

/** How one error among several is worded. */
export function messageOf(error: Error): string {
  return standardMessage(error) ?? error.message;
}

function failure(text: string): Report {
  return { text: withNewline(text), status: 1 };
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** A list of one is that one; but a list within it stays a list. */
function single(thrown: unknown): Error {
  const error = thrown instanceof ErrorList && thrown.errors.length === 1 ? thrown.errors[0] : thrown;
  return error instanceof Error ? error : new Error(String(error));
}

function invalidText(error: ApiError): string {
  let text = 'The request is invalid';
  const { details } = error;
  if (!details) return error.message ? `${text}: ${error.message}` : text;
  const causes = details.causes ?? [];
  if (details.kind || details.name) text = `The ${details.kind ?? ''} ${goQuote(details.name ?? '')} is invalid`;
  else if (error.message && causes.length === 0) text += `: ${error.message}`;
  if (causes.length === 0) return text;
  const lines = [...new Set(causes.map(causeText))];
  return lines.length === 1 ? `${text}: ${lines[0]}` : `${text}: \n${lines.map((line) => `* ${line}\n`).join('')}`;
}

function causeText(cause: StatusCause): string {
  return `${cause.field ?? ''}: ${cause.message ?? ''}`;
}

function standardMessage(error: Error): string | undefined {
  if (error instanceof ApiError) {
    if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
    return error.reason
      ? `Error from server (${error.reason}): ${error.message}`
      : `Error from server: ${error.message}`;
  }
  if (error instanceof ConnectionError) {
    return error.isRefused
      ? `The connection to the server ${error.host} was refused - did you specify the right host or port?`
      : `Unable to connect to the server: ${error.message}`;
  }
  return undefined;
}

/** Puts what was being done, and to which file, in front of an error. Upstream: AddSourceToErr */
export function withSource(verb: string, source: string, error: Error): Error {
  if (source === '') return error;
  const message = `error when ${verb} ${goQuote(source)}: ${error.message}`;
  if (error instanceof ApiError) return new ApiError(error.code, error.reason, message, error.details);
  return new Error(message);
}
