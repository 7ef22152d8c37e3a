import { goJson, goQuote } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { JsonObject } from '../../resource/json.ts';
import type { RestMapping } from '../../rest/rest-mapper.ts';
import { draft, generatorCommand } from './generator.ts';
import { base64, declareKeyValueFlags, KeyValueReader, type KeyValues, type KeyWording } from './key-values.ts';
import { nameHash } from './name-hash.ts';
import { checkKeyPair } from './tls-key-pair.ts';

const mapping: RestMapping = { group: '', version: 'v1', resource: 'secrets', kind: 'Secret', isNamespaced: true };

const wording: KeyWording = {
  invalidKey: (key, why) => `${goQuote(key)} is not valid key name for a Secret ${why.join(';')}`,
  takenKey: (key) => `cannot add key ${key}, another key by that name already exists`,
  envDirectory: 'env secret file cannot be a directory',
};

async function secret(invocation: Invocation, name: string, type: string, values: KeyValues): Promise<JsonObject> {
  const data: JsonObject = {};
  for (const [key, bytes] of values) data[key] = base64(bytes);
  const suffix = invocation.flags.getBool('append-hash')
    ? `-${await nameHash({ kind: 'Secret', type, name, data })}`
    : '';
  return draft('v1', 'Secret', name + suffix, {
    ...(values.size > 0 && { data }),
    ...(type && { type }),
  });
}

/** Upstream: kubectl/pkg/cmd/create/create_secret.go */
const generic = generatorCommand({
  name: 'generic',
  short: 'Create a secret from a local file, directory, or literal value',
  long: `Create a secret from files, directories or literal values.

One secret may hold several pairs of key and value.

The key of a file is its name and the value its content, unless a key is given. Of a directory every file is taken whose name can be a key; anything else in it is passed over.`,
  examples: `# From a folder: each file is a key
kubectl create secret generic my-secret --from-file=path/to/bar

# From files with keys of one's own
kubectl create secret generic my-secret --from-file=ssh-privatekey=path/to/id_rsa --from-file=ssh-publickey=path/to/id_rsa.pub

# From literal values
kubectl create secret generic my-secret --from-literal=key1=supersecret --from-literal=key2=topsecret

# From env files
kubectl create secret generic my-secret --from-env-file=path/to/foo.env --from-env-file=path/to/bar.env`,
  usage:
    'generic NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  mapping,
  failure: 'failed to create secret',
  declareOwn: (flags) => {
    declareKeyValueFlags(flags, 'secret');
    flags.string('type', 'The type of the secret');
  },
  generate: async (invocation, name) => {
    const { flags } = invocation;
    const hasEnvFiles = flags.getStrings('from-env-file').length > 0;
    if (hasEnvFiles && (flags.getStrings('from-file').length > 0 || flags.getStrings('from-literal').length > 0)) {
      throw new CommandError('from-env-file cannot be combined with from-file or from-literal');
    }
    const reader = new KeyValueReader(invocation, wording);
    reader.addLiterals();
    await reader.addFiles();
    await reader.addEnvFiles();
    return secret(invocation, name, flags.getString('type'), reader.values);
  },
});

/** Upstream: kubectl/pkg/cmd/create/create_secret_tls.go */
const tls = generatorCommand({
  name: 'tls',
  short: 'Create a TLS secret',
  long: `Create a TLS secret from a pair of keys.

The pair must exist beforehand. The certificate must be PEM encoded and belong to the private key.`,
  examples: `# From a certificate and its key
kubectl create secret tls tls-secret --cert=path/to/tls.crt --key=path/to/tls.key`,
  usage: 'tls NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
  mapping,
  failure: 'failed to create secret',
  declareOwn: (flags) => {
    flags.string('cert', 'File with the PEM encoded certificate.');
    flags.string('key', 'File with the private key of the certificate.');
    flags.bool('append-hash', 'Append a hash of the secret to its name.');
  },
  generate: async (invocation, name) => {
    const { flags } = invocation;
    const [certificate, key] = [flags.getString('cert'), flags.getString('key')];
    if (certificate === '' || key === '') throw new CommandError('key and cert must be specified');
    const read = async (path: string) => {
      try {
        return await invocation.io.files.read(path);
      } catch (error) {
        throw new CommandError(`Cannot read file ${path}, open ${path}: ${(error as Error).message}`);
      }
    };
    const values: KeyValues = new Map([
      ['tls.crt', await read(certificate)],
      ['tls.key', await read(key)],
    ]);
    checkKeyPair(values.get('tls.crt')!, values.get('tls.key')!);
    return secret(invocation, name, 'kubernetes.io/tls', values);
  },
});

/** Upstream: kubectl/pkg/cmd/create/create_secret_docker.go */
const dockerRegistry = generatorCommand({
  name: 'docker-registry',
  short: 'Create a secret for use with a Docker registry',
  long: `Create a secret that holds the login to a container registry.

Nodes use it to pull images on a pod's behalf, when the pod or its service account names it in imagePullSecrets.`,
  examples: `# From a login
kubectl create secret docker-registry my-secret --docker-server=DOCKER_REGISTRY_SERVER --docker-username=DOCKER_USER --docker-password=DOCKER_PASSWORD --docker-email=DOCKER_EMAIL

# From the file that docker login wrote
kubectl create secret docker-registry my-secret --from-file=path/to/.docker/config.json`,
  usage:
    'docker-registry NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
  mapping,
  failure: 'failed to create secret',
  declareOwn: (flags) => {
    flags.string('docker-username', 'User name at the registry');
    flags.string('docker-password', 'Password at the registry');
    flags.string('docker-email', 'Email address at the registry');
    flags.string('docker-server', 'Address of the registry', { initial: 'https://index.docker.io/v1/' });
    flags.bool('append-hash', 'Append a hash of the secret to its name.');
    flags.stringSlice('from-file', 'The configuration file of docker; its key is .dockerconfigjson.');
  },
  generate: async (invocation, name) => {
    const { flags } = invocation;
    const key = '.dockerconfigjson';
    const sources = flags.getStrings('from-file').map((source) => (source.includes('=') ? source : `${key}=${source}`));
    const [username, password] = [flags.getString('docker-username'), flags.getString('docker-password')];
    const [email, server] = [flags.getString('docker-email'), flags.getString('docker-server')];
    if (sources.length === 0 && (username === '' || password === '' || server === '')) {
      throw new CommandError(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    }
    const reader = new KeyValueReader(invocation, wording);
    if (sources.length > 0) await reader.addFiles(sources);
    else {
      const auth = base64(new TextEncoder().encode(`${username}:${password}`));
      const fields = [
        ['username', username],
        ['password', password],
        ['email', email],
        ['auth', auth],
      ] as const;
      const entry = fields.filter(([, value]) => value !== '').map(([field, value]) => `"${field}":${goJson(value)}`);
      const text = `{"auths":{${goJson(server)}:{${entry.join(',')}}}}`;
      reader.values.set(key, new TextEncoder().encode(text));
    }
    return secret(invocation, name, 'kubernetes.io/dockerconfigjson', reader.values);
  },
});

export const createSecret: Command = {
  name: 'secret',
  short: 'Create a secret using a specified subcommand',
  long: `Create a secret of one of these types.

A docker-registry secret holds the login to a container registry.

A generic secret holds anything (type Opaque).

A tls secret holds a certificate and its key.`,
  usage: 'secret (docker-registry | generic | tls)',
  hasOwnFlagsInUsage: true,
  subcommands: [dockerRegistry, generic, tls],
};
