import type { Command } from '../../command/command.ts';
import { helpError } from '../../command/help-error.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, throwJoined } from '../../errors/command-error.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { editConfigFile } from '../../kubeconfig/kubeconfig-file.ts';
import { noPrinter } from '../../printers/print-flags.ts';
import { stringAt, type JsonObject } from '../../resource/json.ts';
import { goStrings } from '../go-strings.ts';

/** Upstream: kubectl/pkg/cmd/config/current_context.go */
export const currentContextCommand: Command = {
  name: 'current-context',
  short: 'Display the current-context',
  examples: `# The current context
kubectl config current-context`,
  async run(invocation) {
    const { currentContext } = await invocation.kubeconfig();
    if (currentContext === '') throw new CommandError('current-context is not set');
    invocation.print(`${currentContext}\n`);
  },
};

/** Upstream: kubectl/pkg/cmd/config/use_context.go */
export const useContextCommand: Command = {
  name: 'use-context',
  aliases: ['use'],
  short: 'Set the current-context in a kubeconfig file',
  examples: `# Use the context of the cluster minikube
kubectl config use-context minikube`,
  usage: 'use-context CONTEXT_NAME',
  hasOwnFlagsInUsage: true,
  async run(invocation) {
    const [name = ''] = invocation.arguments;
    if (invocation.arguments.length !== 1) {
      throw helpError(invocation, `Unexpected args: ${goStrings(invocation.arguments)}`);
    }
    const { contexts } = await invocation.kubeconfig();
    if (name === '') throw new CommandError('empty context names are not allowed');
    if (!contexts.has(name)) throw new CommandError(`no context exists with the name: ${JSON.stringify(name)}`);
    await editConfigFile(
      invocation,
      (file) => file.currentContext !== '',
      (file) => {
        file.currentContext = name;
      },
    );
    invocation.print(`Switched to context ${JSON.stringify(name)}.\n`);
  },
};

/** Upstream: kubectl/pkg/cmd/config/get_contexts.go */
export const getContextsCommand: Command = {
  name: 'get-contexts',
  short: 'Describe one or many contexts',
  long: 'Display one or many contexts from the kubeconfig file.',
  examples: `# All contexts
kubectl config get-contexts

# One context
kubectl config get-contexts my-context`,
  usage: 'get-contexts [(-o|--output=)name)]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.bool('no-headers', 'Print no headers in the default format.');
    flags.string('output', 'Output format. One of: (name).', { short: 'o' });
  },
  run: getContexts,
};

async function getContexts(invocation: Invocation): Promise<void> {
  const format = invocation.flags.getString('output');
  if (format !== '' && format !== 'name') throw noPrinter(format, 'name');
  const { contexts, currentContext } = await invocation.kubeconfig();
  const asked = invocation.arguments.length > 0 ? invocation.arguments : [...contexts.keys()];
  const errors = asked
    .filter((name) => !contexts.has(name))
    .map((name) => new CommandError(`context ${name} not found`));
  const names = asked.filter((name) => contexts.has(name)).toSorted();
  const writer = new TabWriter((text) => invocation.print(text));
  if (format === '' && !invocation.flags.getBool('no-headers'))
    writer.write('CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n');
  for (const name of names) {
    const context = contexts.get(name)!.value;
    writer.write(format === 'name' ? `${name}\n` : contextRow(name, context, name === currentContext));
  }
  writer.flush();
  throwJoined(errors);
}

function contextRow(name: string, context: JsonObject, isCurrent: boolean): string {
  const cells = [
    isCurrent ? '*' : ' ',
    name,
    ...['cluster', 'user', 'namespace'].map((field) => stringAt(context, field)),
  ];
  return `${cells.join('\t')}\n`;
}

/** Upstream: kubectl/pkg/cmd/config/rename_context.go */
export const renameContextCommand: Command = {
  name: 'rename-context',
  short: 'Rename a context from the kubeconfig file',
  long: `Rename a context from the kubeconfig file.

CONTEXT_NAME is the context to rename, NEW_NAME is the name that it gets. A context that is the current one stays it.`,
  examples: `# Rename the context 'old-name' to 'new-name'
kubectl config rename-context old-name new-name`,
  usage: 'rename-context CONTEXT_NAME NEW_NAME',
  hasOwnFlagsInUsage: true,
  async run(invocation) {
    if (invocation.arguments.length !== 2)
      throw helpError(invocation, `Unexpected args: ${goStrings(invocation.arguments)}`);
    const [from = '', to = ''] = invocation.arguments;
    const { contexts } = await invocation.kubeconfig();
    await editConfigFile(
      invocation,
      (candidate) => candidate.has('contexts', from),
      (candidate) => {
        const entries = candidate.entries('contexts');
        const context = entries.get(from);
        const quoted = JSON.stringify(from);
        if (!context) throw new CommandError(`cannot rename the context ${quoted}, it's not in ${candidate.path}`);
        if (contexts.has(to)) {
          const other = JSON.stringify(to);
          throw new CommandError(
            `cannot rename the context ${quoted}, the context ${other} already exists in ${candidate.path}`,
          );
        }
        entries.delete(from);
        candidate.setEntries('contexts', entries.set(to, context));
        if (candidate.currentContext === from) candidate.currentContext = to;
      },
    );
    invocation.print(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.\n`);
  },
};
