import { decodeUtf8 } from '../../../kernel/index.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

/** Runs a script file in this shell process: `$0` is its path, its arguments are the positional parameters. */
export function* runScriptFile(shell: Shell, path: string, positional: readonly string[]): Steps<number> {
  shell.name = path;
  shell.positional = positional;
  return yield* shell.engine.runSource(shell, decodeUtf8(shell.machine.files.read(shell.path(path))), { isLast: true });
}
