import type { Terminal } from '@xterm/xterm';
import type { Screen } from '../../terminal/index.ts';
import { WaitingLine } from '../../terminal/waiting-line.ts';
import type { WorkstationLink } from './workstation-link.ts';

/**
 * Puts a shell on the workstation behind a terminal: at once, or where nothing but a prompt is to be seen yet, with the
 * first key. Gives back how to end it.
 * @param leave asked when the shell has ended: false to have another begin
 */
export function openSession(link: WorkstationLink, terminal: Terminal, leave: () => boolean): () => void {
  let isClosed = false;
  let close = () => {};
  const screen = screenOf(terminal);

  async function open(waiting?: WaitingLine) {
    const [workstation, { createTerminalSession }] = await Promise.all([
      link.open(),
      import('../../terminal/index.ts'),
    ]);
    if (isClosed) return;
    const begin = (first?: WaitingLine) => {
      const session = createTerminalSession({
        workstation,
        screen: first ?? screen,
        ...(first && { takeOver: () => first.handOver() }),
        onExit() {
          session.dispose();
          if (!leave()) begin();
        },
      });
      close = () => session.dispose();
    };
    begin(waiting);
  }

  function waitForKey() {
    let isOpening = false;
    const waiting = new WaitingLine(screen, () => {
      if (isOpening) return;
      isOpening = true;
      open(waiting).catch((error: unknown) => {
        waiting.dispose();
        tryAgain(error);
      });
    });
    close = () => waiting.dispose();
  }

  function tryAgain(error: unknown) {
    if (isClosed) return;
    const why = error instanceof Error ? error.message : String(error);
    terminal.write(`\r\nThe shell could not be loaded: ${why}\r\nType to try again.\r\n`);
    waitForKey();
  }

  if (link.isUntouched()) waitForKey();
  else open().catch(tryAgain);
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
