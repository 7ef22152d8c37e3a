import type { KubectlIo } from '../../kubectl-io.ts';

/** The directories of PATH, each once. */
export function pathFolders(environment: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set((environment.get('PATH') ?? '').split(':'))].filter((folder) => folder.trim() !== '');
}

export interface FoundPlugin {
  readonly path: string;
  /** How many words of the command line its name is made of. */
  readonly words: number;
}

/**
 * The program `kubectl-a-b` that stands in for `kubectl a b`; the longest name wins.
 * Upstream: kubectl/pkg/cmd/plugin.go HandlePluginCommand
 * @param leastWords names of fewer words are not looked for
 */
export async function findPlugin(
  { environment, files }: KubectlIo,
  argv: readonly string[],
  leastWords: number,
): Promise<FoundPlugin | undefined> {
  const firstFlag = argv.findIndex((word) => word.startsWith('-'));
  const names = argv.slice(0, firstFlag < 0 ? argv.length : firstFlag).map((word) => word.replaceAll('-', '_'));
  for (let words = names.length; words >= leastWords; words--) {
    const name = ['kubectl', ...names.slice(0, words)].join('-');
    for (const folder of pathFolders(environment)) {
      const path = `${folder}/${name}`;
      const stat = await files.stat(path);
      if (stat && !stat.isDirectory && stat.isExecutable !== false) return { path, words };
    }
  }
  return undefined;
}
