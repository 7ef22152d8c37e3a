import { expect, it } from 'vitest';
import { realHost, serve, Simulation } from '../http/index.ts';
import { createTerminalSession, createWorkstation } from './index.ts';
import { WaitingLine } from './waiting-line.ts';

class TestScreen {
  columns = 80;
  rows = 24;
  text = '';
  type: (data: string) => void = () => {};

  write(text: string | Uint8Array): void {
    this.text += typeof text === 'string' ? text : new TextDecoder().decode(text);
  }

  onData(listener: (data: string) => void) {
    this.type = listener;
    return { dispose: () => undefined };
  }
}

/** Without escape sequences. */
// oxlint-disable-next-line no-control-regex
const plain = (screen: TestScreen) => screen.text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');

function startShell(waiting: WaitingLine) {
  const simulation = new Simulation({ seed: 1, epochMs: 0, nodes: 1, isPaused: true }, realHost);
  const workstation = createWorkstation({ api: serve(simulation) });
  const session = createTerminalSession({ workstation, screen: waiting, takeOver: () => waiting.handOver() });
  return () => {
    session.dispose();
    workstation.dispose();
  };
}

it('shows the prompt that the shell will show', async () => {
  const screen = new TestScreen();
  const waiting = new WaitingLine(screen, () => undefined);
  const before = screen.text;
  screen.text = '';
  const end = startShell(waiting);
  await expect.poll(() => screen.text).toContain(before);
  end();
});

it('echoes what is typed, and gives all of it to the shell', async () => {
  const screen = new TestScreen();
  let keys = 0;
  const waiting = new WaitingLine(screen, () => void keys++);
  for (const key of ['e', 'c', 'h', 'o', ' one']) screen.type(key);
  expect(screen.text).toMatch(/echo one$/);
  screen.type('x');
  screen.type('\x7f');
  expect(keys).toBe(7);
  screen.text = '';
  screen.type('\r');
  expect(screen.text, 'what comes after Enter is not shown yet').toBe('');
  const end = startShell(waiting);
  await expect.poll(() => plain(screen)).toMatch(/\none\r\n/);
  screen.type('echo two\r');
  await expect.poll(() => plain(screen)).toMatch(/\ntwo\r\n/);
  end();
});
