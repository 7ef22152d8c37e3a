import { CommandError } from '../errors/command-error.ts';
import { helpText } from './help.ts';
import type { Invocation } from './invocation.ts';

/** Prints the command's help and gives the error that follows it. Upstream: kubectl/pkg/cmd/config helpErrorf */
export function helpError(invocation: Invocation, message: string): CommandError {
  invocation.print(helpText(invocation.chain, []));
  return new CommandError(message);
}
