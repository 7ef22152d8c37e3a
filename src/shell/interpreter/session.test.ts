import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, Pipe, sinkTo } from '../../kernel/index.ts';
import { installTools } from '../programs/install.ts';
import { testMachine } from '../test-machine.ts';
import { createShell } from './session.ts';

function session(processLimit?: number) {
  const { machine, files, clock } = testMachine(undefined, processLimit);
  installTools(files, '/usr/bin', 'gnu');
  const output = { text: '' };
  const take = sinkTo((bytes) => (output.text += decodeUtf8(bytes)));
  const input = new Pipe();
  const environment = { PATH: '/usr/bin:/bin', HOME: '/root', PS1: '\\u@\\h:\\w\\$ ' };
  const shell = createShell({ machine, stdin: input.source, stdout: take, stderr: take, environment });
  const run = (text: string, forMs = 10_000): string => {
    output.text = '';
    shell.run(text);
    clock.runFor(forMs);
    return output.text;
  };
  return { shell, run, clock, files, output, input, machine };
}

describe('an interactive shell', () => {
  it('keeps variables, directory, functions and status between lines', () => {
    const { run, shell } = session();
    run('x=5; cd /tmp; f() { echo "f $1"; }');
    expect(run('echo $x; f a; pwd; false')).toBe('5\nf a\n/tmp\n');
    expect(shell.status).toBe(1);
    expect(shell.workingDirectory).toBe('/tmp');
    expect(run('nosuch')).toBe('bash: nosuch: command not found\n');
    expect(run('echo )')).toBe("bash: syntax error near unexpected token `)'\n");
    expect(run('echo ${x?} ${y:?gone}; echo no')).toBe('bash: y: gone\n');
    expect(run('echo $((1/0)); echo no')).toBe('bash: 1/0: division by 0 (error token is "0")\n');
    expect(run('set -u; echo $nope; echo no')).toBe('bash: nope: unbound variable\n');
  });

  it('shows its prompt', () => {
    const { run, shell } = session();
    expect(shell.prompt()).toBe('root@box:~# ');
    run('cd /usr/bin');
    expect(shell.prompt()).toBe('root@box:/usr/bin# ');
    expect(shell.prompt('PS2')).toBe('> ');
  });

  it.each([
    ['echo a', true],
    ['echo "a', false],
    ["echo 'a", false],
    ['if true; then', false],
    ['if true; then echo; fi', true],
    ['for x in a; do', false],
    ['while true; sleep 1', false],
    ['for x in a', false],
    ['echo a |', false],
    ['echo a &&', false],
    ['echo a \\', false],
    ['cat <<EOF', false],
    ['cat <<EOF\nx', false],
    ['cat <<EOF\nx\nEOF', true],
    ['echo $(ls', false],
    ['f() {', false],
    ['echo )', true],
    ['case x in', false],
    ['(', false],
    ['a=(1', false],
    ['# comment', true],
    ['', true],
  ])('knows whether %j is complete', (text, expected) => {
    expect(session().shell.isComplete(text)).toBe(expected);
  });

  it('gives up a line on Ctrl-C: a loop of builtins, a foreground program, a read', () => {
    const { run, shell, clock, output } = session();
    for (const line of [
      'while :; do :; done; echo no',
      'sleep 1000; echo no',
      'read x; echo no',
      'sleep 100 | cat; echo no',
      'while true; do sleep 1; done; echo no',
    ]) {
      run(line, 3000);
      expect(shell.isBusy).toBe(true);
      shell.interrupt();
      clock.runFor(100);
      expect(shell.isBusy).toBe(false);
      expect(shell.status).toBe(130);
      expect(output.text).not.toContain('no');
    }
    expect(run('echo alive')).toBe('alive\n');
  });

  it('reports background jobs', () => {
    const { run } = session();
    expect(run('sleep 5 &', 100)).toMatch(/^\[1\] \d+\n$/);
    expect(run('jobs', 100)).toBe('[1]+  Running                 sleep 5 &\n');
    expect(run('echo x', 10_000)).toBe('x\n');
    expect(run('echo y')).toBe('y\n[1]+  Done                    sleep 5\n');
    run('sleep 100 &', 10);
    expect(run('kill %1; sleep 1')).toContain('Terminated');
    run('sleep 3 &', 10);
    expect(run('fg; echo done', 5000)).toBe('sleep 3\ndone\n');
  });

  it('survives a fork bomb', () => {
    const { run, shell, clock } = session(50);
    const text = run(':(){ :|:& };:', 60_000);
    expect(text).toContain('bash: fork: retry: Resource temporarily unavailable\n');
    shell.interrupt();
    clock.runFor(60_000);
    expect(shell.isComplete('x')).toBe(true);
  });

  it('ends deep recursion with a message', () => {
    const { run } = session();
    expect(run('f() { f; }; f')).toBe('bash: f: maximum function nesting level exceeded (5000)\n');
    expect(run('echo alive')).toBe('alive\n');
  });

  it('expands aliases, once', () => {
    const { run } = session();
    run("alias k='echo kubectl'; alias echo='echo -n'; alias ll='echo a '; alias x=y");
    expect(run('k get pods; k | cat')).toContain('kubectl get pods');
  });

  it('ends with exit', () => {
    const { run, shell } = session();
    let status = -1;
    shell.onExit((code) => (status = code));
    expect(run('exit 3')).toBe('exit\n');
    expect(status).toBe(3);
  });

  it.each<[string, string[]]>([
    ['ech', ['echo ']],
    ['echo $HOM', ['$HOME ']],
    ['cat /tm', ['/tmp/']],
    ['cat < /tmp/no', ['/tmp/notes\\ 1.txt ']],
    ['ls | tai', ['tail ']],
    ['cd /tmp/', ['/tmp/dir/']],
    ['cat /tmp/notes\\ ', ['/tmp/notes\\ 1.txt ']],
    ['if true; then echo $PAT', ['$PATH ']],
    ['cat ~/.bashr', ['~/.bashrc ']],
  ])('completes %j', (line, candidates) => {
    const { shell, files } = session();
    files.makeDirectory('/tmp/dir');
    files.write('/tmp/notes 1.txt', encodeUtf8('x'));
    files.write('/root/.bashrc', encodeUtf8('x'));
    expect(shell.complete(line, line.length).candidates).toEqual(candidates);
  });
});
