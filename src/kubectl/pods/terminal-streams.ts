import type { KubectlIo } from '../kubectl-io.ts';
import type { RemoteStreams } from './remote-command.ts';

/** Whether there can be a terminal at the other end. Upstream: kubectl/pkg/cmd/exec/exec.go StreamOptions.SetupTTY */
export function terminalStreams(
  io: KubectlIo,
  wanted: { readonly stdin: boolean; readonly tty: boolean },
  mention: (text: string) => void,
): RemoteStreams {
  const wantsTerminal = wanted.stdin && wanted.tty;
  if (wantsTerminal && !io.stdin.isTerminal) {
    mention('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  }
  const tty = wantsTerminal && io.stdin.isTerminal;
  return { stdin: wanted.stdin, tty, stderr: !tty };
}
