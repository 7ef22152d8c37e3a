import type { ShellSession } from '../../shell/index.ts';
import { kubectlFiles } from '../kubectl/kubectl-files.ts';
import type { Candidates } from '../line-editor/line-editor.ts';
import type { Workstation } from './workstation.ts';

/** What Tab finds: the shell's commands, variables and files, and for kubectl what kubectl knows. */
export function completerOf(
  workstation: Workstation,
  shell: () => ShellSession,
): (line: string, cursor: number) => Promise<Candidates> {
  const discoveryCache = new Map<string, unknown>();
  return async (line, cursor) => {
    const completion = shell().complete(line, cursor);
    if (completion.kind !== 'argument') return completion;
    const words = withoutAlias(shell(), completion.words);
    if (words[0]?.split('/').at(-1) !== 'kubectl') return completion;
    const controller = new AbortController();
    const silent = { write: () => undefined };
    const { api, time, machine, environment } = workstation;
    const { completeKubectl } = await import('../../kubectl/index.ts');
    const found = await completeKubectl(words.slice(1), {
      api,
      stdin: { read: async () => undefined, isTerminal: false },
      stdout: silent,
      stderr: silent,
      files: kubectlFiles({
        files: machine.files,
        workingDirectory: shell().workingDirectory,
        readInput: async () => new Uint8Array(),
      }),
      clock: { nowMs: () => time.nowMs(), sleep: (ms, signal) => time.sleep(ms, signal) },
      environment: new Map(Object.entries({ ...environment, ...kubeconfigOf(shell()) })),
      signal: controller.signal,
      run: async () => 1,
      discoveryCache,
    }).catch(() => undefined);
    if (!found) return completion;
    const candidates = found.candidates.map((text) => (found.isFinal ? `${text} ` : text));
    if (candidates.length === 0 && found.allowsFiles) return completion;
    return { start: completion.start + found.replacesFrom, candidates };
  };
}

function kubeconfigOf(shell: ShellSession): Readonly<Record<string, string>> {
  const path = shell.variable('KUBECONFIG');
  return path === undefined ? {} : { KUBECONFIG: path };
}

function withoutAlias(shell: ShellSession, words: readonly string[]): readonly string[] {
  const alias = words.length > 1 ? shell.aliases.get(words[0]!) : undefined;
  return alias === undefined ? words : [...alias.trim().split(/\s+/), ...words.slice(1)];
}
