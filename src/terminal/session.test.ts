import { afterEach, describe, expect, it } from 'vitest';
import { realHost, serve, Simulation } from '../http/index.ts';
import { createTerminalSession, createWorkstation, type TerminalSession, type Workstation } from './index.ts';

/** A screen that keeps what was written and types on request. */
class TestScreen {
  columns = 80;
  rows = 24;
  text = '';
  #type: (data: string) => void = () => {};

  write(text: string | Uint8Array): void {
    this.text += typeof text === 'string' ? text : new TextDecoder().decode(text);
  }

  onData(listener: (data: string) => void) {
    this.#type = listener;
    return { dispose: () => undefined };
  }

  type(data: string): void {
    this.#type(data);
  }

  /** What was written, without escape sequences and the shell's own redrawing. */
  get plain(): string {
    // oxlint-disable-next-line no-control-regex
    return this.text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '');
  }
}

const open: { session: TerminalSession; workstation: Workstation }[] = [];

afterEach(() => {
  for (const { session, workstation } of open.splice(0)) {
    session.dispose();
    workstation.dispose();
  }
});

async function terminal(history: readonly string[] = []) {
  const simulation = new Simulation({ seed: 1, epochMs: Date.UTC(2026, 0, 1), nodes: 1 }, realHost);
  const workstation = createWorkstation({ api: serve(simulation), history });
  const screen = new TestScreen();
  const session = createTerminalSession({ workstation, screen });
  open.push({ session, workstation });
  const until = async (what: string | RegExp | (() => boolean)) => {
    await expect
      .poll(() => (typeof what === 'function' ? what() : screen.plain.search(what) >= 0), {
        timeout: 5000,
        interval: 2,
      })
      .toBe(true);
  };
  await until(/learner@workstation:~\$ $/);
  return {
    screen,
    session,
    workstation,
    until,
    /** Types a line and gives back what it printed. */
    async run(line: string) {
      screen.text = '';
      screen.type(`${line}\r`);
      await until(/\nlearner@workstation:[^\n]*\$ $/);
      return screen.plain.slice(screen.plain.indexOf('\n') + 1, screen.plain.lastIndexOf('\n') + 1);
    },
  };
}

describe('a terminal', () => {
  it('substitutes processes for a user who owns nothing in /dev', async () => {
    const { run } = await terminal();
    expect(await run('diff <(echo a) <(echo b); echo out > >(cat)')).toBe('1c1\n< a\n---\n> b\nout\n');
  });

  it('shows a prompt and runs what is typed', async () => {
    const { run } = await terminal();
    expect(await run('echo hello')).toBe('hello\n');
    expect(await run('x=5; cd /tmp; echo $x $PWD')).toBe('5 /tmp\n');
    expect(await run('echo $x')).toBe('5\n');
  });

  it('runs kubectl, also as k, and keeps its status', async () => {
    const { run } = await terminal();
    expect(await run('k create namespace blue; kubectl get namespace blue -o name')).toBe(
      'namespace/blue created\nnamespace/blue\n',
    );
    expect(await run('kubectl get pod nope; echo $?')).toBe('Error from server (NotFound): pods "nope" not found\n1\n');
    expect(await run('kubectl get namespaces -o name | cat')).toContain('namespace/blue\n');
  });

  it('leaves the other terminals alone when its shell ends', async () => {
    const first = await terminal();
    const screen = new TestScreen();
    const second = createTerminalSession({ workstation: first.workstation, screen });
    await first.until(() => screen.plain.endsWith('$ '));
    screen.type('sleep 1000\r');
    await first.until(() => second.isBusy);
    await first.run('exit');
    expect(second.isBusy).toBe(true);
    expect(screen.plain).not.toContain('exit');
    second.dispose();
  });

  it('takes the completion script that guides tell to source', async () => {
    const { run } = await terminal();
    expect(await run('source <(kubectl completion bash); echo $?; type -t __start_kubectl')).toBe('0\nfunction\n');
  });

  it('asks for more until a command is whole', async () => {
    const { screen, run, until } = await terminal();
    screen.text = '';
    screen.type('for i in a b; do\r');
    await until(/> $/);
    screen.type('echo $i\r');
    expect(await run('done')).toBe('a\nb\n');
    expect(await run('history')).toMatch(/1\s+for i in a b; do\necho \$i\ndone\n/);
  });

  it('takes a paste of several lines as one command', async () => {
    const { screen, until } = await terminal();
    screen.type('\x1b[200~echo one\necho two\x1b[201~');
    await until(/echo two$/);
    expect(screen.plain).not.toContain('\none\n');
    screen.type('\r');
    await until(/\none\ntwo\n/);
  });

  it('gives up a command at Ctrl-C', async () => {
    const { screen, run, until } = await terminal();
    screen.type('while :; do :; done\r');
    await new Promise((resolve) => setTimeout(resolve, 50));
    screen.type('\x03');
    await until(/\^C\n+learner@workstation:~\$ $/);
    expect(await run('echo $?')).toBe('130\n');
    screen.type('half a line\x03');
    await until(/half a line\^C\nlearner@workstation:~\$ $/);
  });

  it('ends kubectl at Ctrl-C while it watches', async () => {
    const { screen, until, run } = await terminal();
    await run('kubectl create configmap one');
    screen.text = '';
    screen.type('kubectl get configmaps one --watch\r');
    await until(/\none +0/);
    screen.type('\x03');
    await until(/\^C\n+learner@workstation:~\$ $/);
    expect(await run('echo $?')).toBe('130\n');
  });

  it('gives what is typed meanwhile to the program, or to the next prompt', async () => {
    const { screen, until } = await terminal();
    screen.type('read line; echo "got $line"\r');
    screen.type('some words\r');
    await until(/\ngot some words\n/);
    screen.text = '';
    screen.type('sleep 0.1\recho later\r');
    await until(/\nlater\n/);
  });

  it('ends standard input at Ctrl-D', async () => {
    const { screen, until } = await terminal();
    screen.type('cat\r');
    screen.type('line\r');
    await until(/line\nline\n$/);
    screen.type('\x04');
    await until(/line\nline\nlearner@workstation:~\$ $/);
  });

  it('knows that its streams are a terminal', async () => {
    const { run } = await terminal();
    expect(await run('[ -t 0 ] && [ -t 1 ] && echo terminal')).toBe('terminal\n');
    expect(await run('echo x | [ -t 0 ] || echo pipe')).toBe('pipe\n');
  });

  it('starts another shell after exit', async () => {
    const { screen, until } = await terminal();
    screen.type('x=1\r');
    screen.type('exit\r');
    await until(/exit\nlearner@workstation:~\$ $/);
    screen.type('echo "[$x]"\r');
    await until(/\n\[\]\n/);
  });

  it('keeps files and history for the next time', async () => {
    const { run, workstation } = await terminal(['echo before']);
    await run('echo text > note; mkdir d; echo deep > d/file');
    const { files, history } = JSON.parse(JSON.stringify(workstation.snapshot())) as ReturnType<
      Workstation['snapshot']
    >;
    expect(history).toEqual(['echo before', 'echo text > note; mkdir d; echo deep > d/file']);
    const next = createWorkstation({ api: workstation.api, files, history, isTimeOnDemand: true });
    expect(new TextDecoder().decode(next.files.read('/home/learner/note'))).toBe('text\n');
    next.dispose();
  });
});

describe('Tab', () => {
  it.each([
    ['kube', 'kubectl '],
    ['kubectl create dep', 'kubectl create deployment '],
    ['k get nod', 'k get nodes '],
    ['kubectl get nodes contr', 'kubectl get nodes control-plane '],
    ['kubectl get pods --name', 'kubectl get pods --namespace '],
    ['kubectl get pods -n kube-s', 'kubectl get pods -n kube-system '],
    ['kubectl get pods --namespace=kube-p', 'kubectl get pods --namespace=kube-public '],
    ['kubectl get pods -o jsonpath-a', 'kubectl get pods -o jsonpath-as-json '],
    ['kubectl config use-context d', 'kubectl config use-context drydock '],
    ['cat .bas', 'cat .bashrc '],
  ])('completes %j', async (typed, expected) => {
    const { screen, until } = await terminal();
    screen.text = '';
    screen.type(`${typed}\t`);
    await until(() => screen.plain.endsWith(expected));
  });

  it('lists what is possible the second time', async () => {
    const { screen, until } = await terminal();
    screen.type('kubectl config get-\t');
    await new Promise((resolve) => setTimeout(resolve, 20));
    screen.type('\t');
    await until(/get-clusters +get-contexts/);
  });
});
