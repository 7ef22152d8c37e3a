import type { Command } from '../../command/command.ts';
import { helpError } from '../../command/help-error.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import { editConfigFile, sections, type Section } from '../../kubeconfig/kubeconfig-file.ts';
import type { JsonObject, JsonValue } from '../../resource/json.ts';
import { goStrings } from '../go-strings.ts';

/** `get-clusters`, `get-users`. Upstream: kubectl/pkg/cmd/config/get_clusters.go, get_users.go */
function listCommand(section: 'clusters' | 'users'): Command {
  return {
    name: `get-${section}`,
    short: `Display ${section} defined in the kubeconfig`,
    examples: `# The ${section} that the kubeconfig knows\nkubectl config get-${section}`,
    hasOwnFlagsInUsage: true,
    async run(invocation) {
      const names = [...(await invocation.kubeconfig())[section].keys()].toSorted();
      invocation.print(['NAME', ...names].map((name) => `${name}\n`).join(''));
    },
  };
}

export const getClustersCommand = listCommand('clusters');
export const getUsersCommand = listCommand('users');

/** `delete-cluster`, `delete-context`, `delete-user`. Upstream: kubectl/pkg/cmd/config/delete_cluster.go and its kin */
function deleteCommand(section: Section): Command {
  const { noun } = sections[section];
  return {
    name: `delete-${noun}`,
    short: `Delete the specified ${noun} from the kubeconfig`,
    examples: `# Delete the ${noun} minikube\nkubectl config delete-${noun} minikube`,
    usage: `delete-${noun} NAME`,
    hasOwnFlagsInUsage: true,
    run: (invocation) => deleteEntry(invocation, section),
  };
}

async function deleteEntry(invocation: Invocation, section: Section): Promise<void> {
  const { noun } = sections[section];
  const [name = ''] = invocation.arguments;
  if (invocation.arguments.length !== 1)
    throw helpError(invocation, `Unexpected args: ${goStrings(invocation.arguments)}`);
  let wasCurrent = false;
  const file = await editConfigFile(
    invocation,
    (candidate) => candidate.has(section, name),
    (candidate) => {
      const entries = candidate.entries(section);
      if (!entries.delete(name)) throw new CommandError(`cannot delete ${noun} ${name}, not in ${candidate.path}`);
      candidate.setEntries(section, entries);
      wasCurrent = section === 'contexts' && candidate.currentContext === name;
    },
  );
  if (wasCurrent) {
    invocation.complain(
      'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
    );
  }
  invocation.print(`deleted ${noun} ${name} from ${file.path}\n`);
}

export const deleteClusterCommand = deleteCommand('clusters');
export const deleteContextCommand = deleteCommand('contexts');
export const deleteUserCommand = deleteCommand('users');

/** Merges fields into an entry, which is made if it is not there yet; says whether it was. */
export async function setEntry(
  invocation: Invocation,
  section: Section,
  name: string,
  fields: Readonly<Record<string, JsonValue | undefined>>,
): Promise<boolean> {
  const before = (await invocation.kubeconfig())[section].get(name);
  await editConfigFile(
    invocation,
    (file) => file.path === before?.file,
    (file) => {
      const entries = file.entries(section);
      const merged: JsonObject = { ...entries.get(name), ...fields };
      for (const [field, value] of Object.entries(merged))
        if (value === undefined || value === '') delete merged[field];
      file.setEntries(section, entries.set(name, merged));
    },
  );
  return before !== undefined;
}

/** The flags that were given, as fields of the same or another name. */
export function givenFields(
  flags: FlagSet,
  names: Readonly<Record<string, string>>,
): Record<string, JsonValue | undefined> {
  const given = Object.entries(names).filter(([flag]) => flags.isChanged(flag));
  return Object.fromEntries(given.map(([flag, field]) => [field, valueOf(flags, flag)]));
}

function valueOf(flags: FlagSet, name: string): JsonValue | undefined {
  if (flags.lookup(name)!.type !== 'bool') return flags.getString(name);
  return flags.getBool(name) || undefined;
}
