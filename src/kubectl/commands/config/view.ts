import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { ConfigEntry, Kubeconfig } from '../../kubeconfig/kubeconfig.ts';
import { sections, type Section } from '../../kubeconfig/kubeconfig-file.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { stringAt, type JsonObject, type JsonValue } from '../../resource/json.ts';

/** Fields that hold secrets, and what is shown in their place. */
const concealed: Readonly<Record<string, string>> = {
  'certificate-authority-data': 'DATA+OMITTED',
  'client-certificate-data': 'DATA+OMITTED',
  'client-key-data': 'DATA+OMITTED',
  token: 'REDACTED',
  password: 'REDACTED',
};

/** Upstream: kubectl/pkg/cmd/config/view.go */
export const viewCommand: Command = {
  name: 'view',
  short: 'Display merged kubeconfig settings or a specified kubeconfig file',
  long: `Display merged kubeconfig settings or a specified kubeconfig file.

A JSONPath (-o jsonpath) picks out single values.`,
  examples: `# The merged settings
kubectl config view

# With certificates and secrets
kubectl config view --raw

# The password of the user e2e
kubectl config view -o jsonpath='{.users[?(@.name == "e2e")].user.password}'`,
  declare(flags) {
    declarePrintFlags(flags);
    flags.bool('flatten', 'Make the file independent of others: put the content of certificate files into it');
    flags.bool('merge', 'Merge the full hierarchy of kubeconfig files', { initial: true, withoutValue: 'true' });
    flags.bool('minify', 'Leave out everything that the current context does not use');
    flags.bool('raw', 'Show certificates and secrets as they are');
  },
  run: view,
};

async function view(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const config = await invocation.kubeconfig();
  const wanted = flags.getBool('minify') ? minified(config, flags.getString('context')) : config;
  const isRaw = flags.getBool('raw') || flags.getBool('flatten');
  const printer = await printerOf(invocation, { format: 'yaml', isTyped: true });
  invocation.print(printer.print(asObject(wanted, isRaw)));
}

function minified(config: Kubeconfig, override: string): Kubeconfig {
  const name = override || config.currentContext;
  const context = config.contexts.get(name);
  if (name === '') throw new CommandError('current-context must exist in order to minify');
  if (!context) throw new CommandError(`cannot locate context ${name}`);
  const only = (entries: ReadonlyMap<string, ConfigEntry>, key: string) =>
    new Map([...entries].filter(([other]) => other === key));
  return {
    currentContext: name,
    contexts: only(config.contexts, name),
    clusters: only(config.clusters, stringAt(context.value, 'cluster')),
    users: only(config.users, stringAt(context.value, 'user')),
  };
}

function asObject(config: Kubeconfig, isRaw: boolean): JsonObject {
  const list = (section: Section): JsonValue => {
    const names = [...config[section].keys()].toSorted();
    const { field } = sections[section];
    const items = names.map((name) => ({ name, [field]: shown(config[section].get(name)!.value, isRaw) }));
    return items.length > 0 ? items : null;
  };
  return {
    kind: 'Config',
    apiVersion: 'v1',
    clusters: list('clusters'),
    users: list('users'),
    contexts: list('contexts'),
    'current-context': config.currentContext,
  };
}

function shown(entry: JsonObject, isRaw: boolean): JsonObject {
  if (isRaw) return entry;
  return Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, concealed[field] ?? value]));
}
