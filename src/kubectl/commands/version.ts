import { kubernetesVersion } from '../../api/index.ts';
import type { Command } from '../command/command.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { stringAt, type JsonObject } from '../resource/json.ts';
import { emitYaml } from '../yaml/emit-yaml.ts';
import { goStrings } from './go-strings.ts';

/** The kustomize that kubectl 1.35 carries. */
const kustomizeVersion = 'v5.7.1';

/**
 * What this kubectl says of itself.
 * Differs: it was not built by Go, and says so in goVersion and compiler.
 */
const clientVersion: JsonObject = {
  major: kubernetesVersion.major,
  minor: kubernetesVersion.minor,
  gitVersion: kubernetesVersion.gitVersion,
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'TypeScript',
  platform: 'browser/wasm',
};

/** Upstream: kubectl/pkg/cmd/version/version.go */
export const versionCommand: Command = {
  name: 'version',
  short: 'Print the client and server version information',
  long: 'Print the client and server version information for the current context.',
  examples: `# The versions of client and server
kubectl version`,
  declare(flags) {
    flags.bool('client', 'Only the version of the client; no server is asked.');
    flags.string('output', "One of 'yaml' or 'json'.", { short: 'o' });
  },
  run: printVersion,
};

async function printVersion(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const isClientOnly = flags.getBool('client');
  const extra = isClientOnly ? [] : invocation.arguments;
  if (extra.length > 0) throw new CommandError(`extra arguments: ${goStrings(extra)}`);
  const format = flags.getString('output');
  if (!['', 'yaml', 'json'].includes(format)) throw new CommandError("--output must be 'yaml' or 'json'");
  const server = isClientOnly ? {} : await askServer(invocation);
  if (format === '') {
    invocation.print(`Client Version: ${kubernetesVersion.gitVersion}\nKustomize Version: ${kustomizeVersion}\n`);
    if (server.version) invocation.print(`Server Version: ${stringAt(server.version, 'gitVersion')}\n`);
  } else {
    const versions: JsonObject = {
      clientVersion,
      kustomizeVersion,
      ...(server.version && { serverVersion: server.version }),
    };
    invocation.print(`${format === 'json' ? JSON.stringify(versions, null, 2) : emitYaml(versions)}\n`);
  }
  if (server.error) throw server.error;
}

async function askServer(invocation: Invocation): Promise<{ readonly version?: JsonObject; readonly error?: Error }> {
  try {
    const client = await invocation.client();
    return { version: await client.json({ path: '/version' }) };
  } catch (error) {
    return { error: error as Error };
  }
}
