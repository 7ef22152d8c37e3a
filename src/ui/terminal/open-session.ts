import type { Terminal } from '@xterm/xterm';
import type { Drydock } from '../drydock.ts';

/** Puts a session of the shell behind a screen. Gives back how to end it. */
export function openSession(_drydock: Drydock, terminal: Terminal): () => void {
  terminal.write('$ ');
  const typing = terminal.onData((data) => terminal.write(data));
  return () => typing.dispose();
}
