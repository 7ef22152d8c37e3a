import type { Command } from '../../command/command.ts';
import { helpError } from '../../command/help-error.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { editConfigFile, type Section } from '../../kubeconfig/kubeconfig-file.ts';
import type { JsonValue } from '../../resource/json.ts';
import { goStrings } from '../go-strings.ts';

type FieldType = 'string' | 'bool' | 'bytes';

/** The fields of each section, by which the end of a name with dots is found. */
const fieldTypes: Readonly<Record<Section, Readonly<Record<string, FieldType>>>> = {
  clusters: {
    server: 'string',
    'tls-server-name': 'string',
    'insecure-skip-tls-verify': 'bool',
    'certificate-authority': 'string',
    'certificate-authority-data': 'bytes',
    'proxy-url': 'string',
    'disable-compression': 'bool',
  },
  users: {
    'client-certificate': 'string',
    'client-certificate-data': 'bytes',
    'client-key': 'string',
    'client-key-data': 'bytes',
    token: 'string',
    tokenFile: 'string',
    username: 'string',
    password: 'string',
  },
  contexts: { cluster: 'string', user: 'string', namespace: 'string' },
};

interface Property {
  readonly section: Section;
  readonly name: string;
  readonly field?: string;
}

const description = `PROPERTY_NAME is a path with dots: each part is the name of a field or of an entry. An entry's name may hold dots itself, as long as a known field follows it.`;

/** Upstream: kubectl/pkg/cmd/config/set.go */
export const setCommand: Command = {
  name: 'set',
  short: 'Set an individual value in a kubeconfig file',
  long: `Set an individual value in a kubeconfig file.

${description}

PROPERTY_VALUE is the new value. Fields such as certificate-authority-data take base64, unless --set-raw-bytes is given.`,
  examples: `# Set the server of the cluster my-cluster
kubectl config set clusters.my-cluster.server https://1.2.3.4

# Set the cluster of the context my-context
kubectl config set contexts.my-context.cluster my-cluster`,
  usage: 'set PROPERTY_NAME PROPERTY_VALUE',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.bool('set-raw-bytes', 'Take PROPERTY_VALUE as it is, without base64, where a field holds bytes.');
  },
  async run(invocation) {
    if (invocation.arguments.length !== 2)
      throw helpError(invocation, `Unexpected args: ${goStrings(invocation.arguments)}`);
    const [path = '', value = ''] = invocation.arguments;
    if (value === '') throw new CommandError('you cannot use set to unset a property');
    if (path === '') throw new CommandError('you must specify a property');
    await changeProperty(invocation, path, value);
    invocation.print(`Property ${JSON.stringify(path)} set.\n`);
  },
};

/** Upstream: kubectl/pkg/cmd/config/unset.go */
export const unsetCommand: Command = {
  name: 'unset',
  short: 'Unset an individual value in a kubeconfig file',
  long: `Unset an individual value in a kubeconfig file.

${description}`,
  examples: `# Unset the current context
kubectl config unset current-context

# Unset the namespace of the context foo
kubectl config unset contexts.foo.namespace`,
  usage: 'unset PROPERTY_NAME',
  hasOwnFlagsInUsage: true,
  async run(invocation) {
    if (invocation.arguments.length !== 1)
      throw helpError(invocation, `Unexpected args: ${goStrings(invocation.arguments)}`);
    const [path = ''] = invocation.arguments;
    await changeProperty(invocation, path, undefined);
    invocation.print(`Property ${JSON.stringify(path)} unset.\n`);
  },
};

/** @param value undefined takes the property away */
async function changeProperty(invocation: Invocation, path: string, value: string | undefined): Promise<void> {
  if (path === 'current-context') {
    await editConfigFile(
      invocation,
      (file) => file.currentContext !== '',
      (file) => {
        file.currentContext = value ?? '';
      },
    );
    return;
  }
  const property = parseProperty(path);
  const { section, name, field } = property;
  if (value !== undefined && field === undefined) throw new CommandError("can't set a map to a value: map[]");
  await editConfigFile(
    invocation,
    (file) => file.has(section, name),
    (file) => {
      const entries = file.entries(section);
      if (value === undefined && field === undefined) entries.delete(name);
      else {
        if (value === undefined && !entries.has(name)) throw new CommandError(`current map key \`${name}\` is invalid`);
        const { [field!]: _, ...rest } = entries.get(name) ?? {};
        entries.set(name, value === undefined ? rest : { ...rest, [field!]: typed(invocation, property, value) });
      }
      file.setEntries(section, entries);
    },
  );
}

function parseProperty(path: string): Property {
  const [section = '', ...parts] = path.split('.');
  if (section !== 'clusters' && section !== 'users' && section !== 'contexts') {
    throw new CommandError(`unable to parse ${path} after [] at api.Config`);
  }
  const at = parts.findIndex((part, index) => index > 0 && part in fieldTypes[section]);
  if (at < 0) return { section, name: parts.join('.') };
  return { section, name: parts.slice(0, at).join('.'), field: parts[at]! };
}

function typed(invocation: Invocation, { section, field }: Property, value: string): JsonValue {
  switch (fieldTypes[section][field!]) {
    case 'bool':
      if (!/^(1|t|true|0|f|false)$/i.test(value)) {
        throw new CommandError(
          `error parsing bool value: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`,
        );
      }
      return /^(1|t|true)$/i.test(value);
    case 'bytes':
      return invocation.flags.getBool('set-raw-bytes') ? btoa(value) : value;
    default:
      return value;
  }
}
