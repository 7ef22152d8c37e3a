import type { Command } from '../../command/command.ts';
import { declareFilenameFlags, declareSelectorFlag, filenameOptions } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { isObject } from '../../resource/json.ts';
import { lastAppliedOf } from '../../resource/last-applied.ts';
import { visitResources } from '../../resource/resource-builder.ts';
import { emitYaml } from '../../yaml/emit-yaml.ts';
import { parseYaml } from '../../yaml/parse-yaml.ts';

/** Upstream: kubectl/pkg/cmd/apply/apply_view_last_applied.go */
export const viewLastAppliedCommand: Command = {
  name: 'view-last-applied',
  short: 'View the latest last-applied-configuration annotations of a resource/object',
  long: `View the configuration that was applied last to a resource, by type and name or by file.

It is printed as YAML unless -o says otherwise.`,
  examples: `# By type and name, as YAML
kubectl apply view-last-applied deployment/nginx

# By file, as JSON
kubectl apply view-last-applied -f deploy.yaml -o json`,
  usage: 'view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  hasOwnFlagsInUsage: true,
  declare: (flags) => {
    flags.string('output', 'Output format. Must be one of (yaml, json)', { short: 'o', initial: 'yaml' });
    flags.bool('all', 'Take in all objects of the types and the namespace');
    declareFilenameFlags(flags, 'Files that name the objects');
    declareSelectorFlag(flags);
  },
  run,
};

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const config = await invocation.config();
  const texts: string[] = [];
  await visitResources(
    invocation,
    {
      arguments: invocation.arguments,
      filenames: filenameOptions(flags),
      namespace: config.namespace,
      enforcesNamespace: config.isNamespaceExplicit,
      allowsEmptySelector: config.isNamespaceExplicit,
      selectsAll: flags.getBool('all'),
      labelSelector: flags.getString('selector'),
      fetchesLatest: true,
      flattens: true,
    },
    async (info) => {
      const text = lastAppliedOf(info.object!);
      if (text === undefined) {
        throw new CommandError(`no last-applied-configuration annotation found on resource: ${info.name}\n`);
      }
      texts.push(text);
    },
  );
  for (const text of texts) {
    const format = flags.getString('output');
    if (format === 'json')
      invocation.print(JSON.stringify(JSON.parse(text), undefined, 2) + (text.endsWith('\n') ? '\n' : ''));
    else if (format === 'yaml') {
      const value = parseYaml(text);
      invocation.print(emitYaml(isObject(value) ? value : {}));
    } else {
      throw invocation.usageError(`Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`);
    }
  }
}
