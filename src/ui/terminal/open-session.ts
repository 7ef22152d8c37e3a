import type { Terminal } from '@xterm/xterm';
import type { Screen } from '../../terminal/index.ts';
import type { WorkstationLink } from './workstation-link.ts';

/**
 * Puts a shell on the workstation behind a terminal. Gives back how to end it.
 * @param leave asked when the shell has ended: false to have another begin
 */
export function openSession(link: WorkstationLink, terminal: Terminal, leave: () => boolean): () => void {
  let isClosed = false;
  let close = () => {};

  async function open() {
    const [workstation, { createTerminalSession }] = await Promise.all([
      link.open(),
      import('../../terminal/index.ts'),
    ]);
    if (isClosed) return;
    const begin = () => {
      const session = createTerminalSession({
        workstation,
        screen: screenOf(terminal),
        onExit() {
          session.dispose();
          if (!leave()) begin();
        },
      });
      close = () => session.dispose();
    };
    begin();
  }

  open().catch((error: unknown) => {
    terminal.write(`The terminal could not start: ${error instanceof Error ? error.message : String(error)}\r\n`);
  });
  return () => {
    isClosed = true;
    close();
  };
}

const screenOf = (terminal: Terminal): Screen => ({
  get columns() {
    return terminal.cols;
  },
  get rows() {
    return terminal.rows;
  },
  write: (text) => terminal.write(text),
  onData: (listener) => terminal.onData(listener),
  onResize: (listener) => terminal.onResize(({ cols, rows }) => listener({ columns: cols, rows })),
});
