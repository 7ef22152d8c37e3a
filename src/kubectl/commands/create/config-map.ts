import { goQuote } from '../../../api/index.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { JsonObject } from '../../resource/json.ts';
import { draft, generatorCommand } from './generator.ts';
import { base64, declareKeyValueFlags, KeyValueReader, utf8Text } from './key-values.ts';
import { nameHash } from './name-hash.ts';

/** Upstream: kubectl/pkg/cmd/create/create_configmap.go */
export const createConfigMap = generatorCommand({
  name: 'configmap',
  aliases: ['cm'],
  short: 'Create a config map from a local file, directory or literal value',
  long: `Create a config map from files, directories or literal values.

One config map may hold several pairs of key and value.

The key of a file is its name and the value its content, unless a key is given. Of a directory every file is taken whose name can be a key; directories below it are passed over.`,
  examples: `# From a folder: each file is a key
kubectl create configmap my-config --from-file=path/to/bar

# From files with keys of one's own
kubectl create configmap my-config --from-file=key1=/path/to/bar/file1.txt --from-file=key2=/path/to/bar/file2.txt

# From literal values
kubectl create configmap my-config --from-literal=key1=config1 --from-literal=key2=config2

# From an env file
kubectl create configmap my-config --from-env-file=path/to/foo.env --from-env-file=path/to/bar.env`,
  usage: 'configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  mapping: { group: '', version: 'v1', resource: 'configmaps', kind: 'ConfigMap', isNamespaced: true },
  failure: 'failed to create configmap:',
  declareOwn: (flags) => declareKeyValueFlags(flags, 'configmap'),
  generate: async (invocation, name) => {
    const { flags } = invocation;
    const hasEnvFiles = flags.getStrings('from-env-file').length > 0;
    if (hasEnvFiles && (flags.getStrings('from-file').length > 0 || flags.getStrings('from-literal').length > 0)) {
      throw new CommandError('from-env-file cannot be combined with from-file or from-literal');
    }
    const reader = new KeyValueReader(invocation, {
      invalidKey: (key, why) => `${goQuote(key)} is not a valid key name for a ConfigMap: ${why.join(',')}`,
      takenKey: (key, isBinary) =>
        `cannot add key ${goQuote(key)}, another key by that name already exists in ${isBinary ? 'BinaryData' : 'Data'} for ConfigMap ${goQuote(name)}`,
      envDirectory: 'env config file cannot be a directory',
    });
    await reader.addFiles();
    reader.addLiterals();
    await reader.addEnvFiles();
    const data: JsonObject = {};
    const binaryData: JsonObject = {};
    for (const [key, bytes] of reader.values) {
      const text = utf8Text(bytes);
      if (text === undefined) binaryData[key] = base64(bytes);
      else data[key] = text;
    }
    const hasBinary = Object.keys(binaryData).length > 0;
    const suffix = flags.getBool('append-hash')
      ? `-${await nameHash({ kind: 'ConfigMap', name, data, ...(hasBinary && { binaryData }) })}`
      : '';
    return draft('v1', 'ConfigMap', name + suffix, {
      ...(Object.keys(data).length > 0 && { data }),
      ...(hasBinary && { binaryData }),
    });
  },
});
