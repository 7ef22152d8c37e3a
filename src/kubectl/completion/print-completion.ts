import type { KubectlIo } from '../kubectl-io.ts';
import { completeKubectl } from './complete.ts';

const directives = { default: 0, noSpace: 2, noFiles: 4 } as const;

/**
 * Answers a shell that wants to complete a command line.
 * Upstream: github.com/spf13/cobra/completions.go
 * Differs: candidates come without descriptions, so there is `__completeNoDesc` but no `__complete`.
 * @param words of the command line, the last one unfinished
 */
export async function printCompletion(words: readonly string[], io: KubectlIo): Promise<number> {
  const { candidates, isFinal, allowsFiles } = await completeKubectl(words, io);
  const names: string[] = [];
  let directive: number = directives.default;
  if (!isFinal) {
    directive |= directives.noSpace;
    names.push('ShellCompDirectiveNoSpace');
  }
  if (!allowsFiles) {
    directive |= directives.noFiles;
    names.push('ShellCompDirectiveNoFileComp');
  }
  io.stdout.write(`${candidates.map((candidate) => `${candidate}\n`).join('')}:${directive}\n`);
  io.stderr.write(`Completion ended with directive: ${names.join(', ') || 'ShellCompDirectiveDefault'}\n`);
  return 0;
}
