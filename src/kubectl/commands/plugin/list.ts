import type { Command } from '../../command/command.ts';
import { findCommand, pathOf } from '../../command/find-command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { pathFolders } from './find-plugin.ts';

/** Upstream: kubectl/pkg/cmd/plugin/plugin.go */
export const pluginListCommand: Command = {
  name: 'list',
  short: "List all visible plugin executables on a user's PATH",
  long: `List all plugins that there are on the user's PATH: files whose names begin with "kubectl-" and that may be executed. To see only their names, use --name-only.`,
  examples: `# All plugins
kubectl plugin list

# Their names alone
kubectl plugin list --name-only`,
  declare: (flags) => {
    flags.bool('name-only', 'Only the name of each plugin, without its path');
  },
  run: listPlugins,
};

async function listPlugins(invocation: Invocation): Promise<void> {
  const { flags, chain } = invocation;
  const plugins = await visiblePlugins(invocation);
  const problems: string[] = [];
  if (plugins.length > 0) invocation.print('The following compatible plugins are available:\n\n');
  else problems.push('error: unable to find any kubectl plugins in your PATH');
  const seen = new Map<string, string>();
  let warnings = 0;
  for (const path of plugins) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    invocation.print(`${flags.getBool('name-only') ? name : path}\n`);
    const remarks: string[] = [];
    const stat = await invocation.io.files.stat(path);
    if (stat?.isExecutable === false) {
      remarks.push(`warning: ${path} identified as a kubectl plugin, but it is not executable`);
    }
    const earlier = seen.get(name);
    if (earlier !== undefined) remarks.push(`warning: ${path} is overshadowed by a similarly named plugin: ${earlier}`);
    else seen.set(name, path);
    const found = findCommand(chain[0]!, name.split('-').slice(1));
    if (found.chain.length > 1) {
      remarks.push(`warning: ${name} overwrites existing command: ${JSON.stringify(pathOf(found.chain))}`);
    }
    for (const remark of remarks) invocation.complain(`  - ${remark}\n`);
    warnings += remarks.length;
  }
  if (warnings === 1) problems.push('error: one plugin warning was found');
  else if (warnings > 1) problems.push(`error: ${warnings} plugin warnings were found`);
  if (problems.length > 0) throw new CommandError(`${problems.join('\n')}\n`);
}

async function visiblePlugins({ io }: Invocation): Promise<readonly string[]> {
  const plugins: string[] = [];
  for (const folder of pathFolders(io.environment)) {
    try {
      const entries = await io.files.list(folder);
      plugins.push(
        ...entries
          .filter(({ name, isDirectory }) => !isDirectory && name.startsWith('kubectl-'))
          .map(({ name }) => `${folder.replace(/\/+$/, '')}/${name}`),
      );
    } catch (error) {
      io.stderr.write(
        `Unable to read directory ${JSON.stringify(folder)} from your PATH: open ${folder}: ${(error as Error).message}. Skipping...\n`,
      );
    }
  }
  return plugins;
}
