import type { Command } from '../../command/command.ts';
import { helpError } from '../../command/help-error.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { JsonValue } from '../../resource/json.ts';
import { goStrings } from '../go-strings.ts';
import { givenFields, setEntry } from './entries.ts';

/** Upstream: kubectl/pkg/cmd/config/set_context.go */
export const setContextCommand: Command = {
  name: 'set-context',
  short: 'Set a context entry in kubeconfig',
  long: `Set a context entry in kubeconfig.

With a name that exists, the given fields are changed and the others stay.`,
  examples: `# Set only the user of the context gce
kubectl config set-context gce --user=cluster-admin

# Set the namespace of the current context
kubectl config set-context --current --namespace=shop`,
  usage: 'set-context [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.string('cluster', 'cluster for the context entry in kubeconfig');
    flags.bool('current', 'Change the current context');
    flags.string('namespace', 'namespace for the context entry in kubeconfig', { short: 'n' });
    flags.string('user', 'user for the context entry in kubeconfig');
  },
  async run(invocation) {
    const { flags } = invocation;
    if (invocation.arguments.length > 1)
      throw helpError(invocation, `Unexpected args: ${goStrings(invocation.arguments)}`);
    const [given = ''] = invocation.arguments;
    const wantsCurrent = flags.getBool('current');
    if (given === '' && !wantsCurrent) throw new CommandError('you must specify a non-empty context name or --current');
    if (given !== '' && wantsCurrent) throw new CommandError('you cannot specify both a context name and --current');
    const { currentContext } = await invocation.kubeconfig();
    if (wantsCurrent && currentContext === '') throw new CommandError('no current context is set');
    const name = wantsCurrent ? currentContext : given;
    const fields = givenFields(flags, { cluster: 'cluster', user: 'user', namespace: 'namespace' });
    const existed = await setEntry(invocation, 'contexts', name, fields);
    invocation.print(`Context ${JSON.stringify(name)} ${existed ? 'modified' : 'created'}.\n`);
  },
};

/** Upstream: kubectl/pkg/cmd/config/set_cluster.go */
export const setClusterCommand: Command = {
  name: 'set-cluster',
  short: 'Set a cluster entry in kubeconfig',
  long: `Set a cluster entry in kubeconfig.

With a name that exists, the given fields are changed and the others stay.`,
  examples: `# Set only the server of the cluster e2e
kubectl config set-cluster e2e --server=https://1.2.3.4

# Put the certificate of the authority into the entry
kubectl config set-cluster e2e --embed-certs --certificate-authority=~/.kube/e2e/kubernetes.ca.crt`,
  usage:
    'set-cluster NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.string('certificate-authority', 'Path to certificate-authority file for the cluster entry in kubeconfig');
    flags.bool('embed-certs', 'embed-certs for the cluster entry in kubeconfig');
    flags.bool('insecure-skip-tls-verify', 'insecure-skip-tls-verify for the cluster entry in kubeconfig');
    flags.string('proxy-url', 'proxy-url for the cluster entry in kubeconfig');
    flags.string('server', 'server for the cluster entry in kubeconfig');
    flags.string('tls-server-name', 'tls-server-name for the cluster entry in kubeconfig');
  },
  async run(invocation) {
    const name = onlyName(invocation);
    const { flags } = invocation;
    const fields: Record<string, JsonValue | undefined> = givenFields(flags, {
      server: 'server',
      'insecure-skip-tls-verify': 'insecure-skip-tls-verify',
      'tls-server-name': 'tls-server-name',
      'proxy-url': 'proxy-url',
    });
    if (flags.isChanged('certificate-authority'))
      Object.assign(fields, await certificate(invocation, 'certificate-authority'));
    await setEntry(invocation, 'clusters', name, fields);
    invocation.print(`Cluster ${JSON.stringify(name)} set.\n`);
  },
};

/** Upstream: kubectl/pkg/cmd/config/set_credentials.go */
export const setCredentialsCommand: Command = {
  name: 'set-credentials',
  short: 'Set a user entry in kubeconfig',
  long: `Set a user entry in kubeconfig.

With a name that exists, the given fields are changed and the others stay. A bearer token and a user name with password exclude each other.`,
  examples: `# Set only the client key of the user cluster-admin
kubectl config set-credentials cluster-admin --client-key=~/.kube/admin.key

# A bearer token
kubectl config set-credentials bob --token=abc`,
  usage:
    'set-credentials NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.string('client-certificate', 'Path to client-certificate file for the user entry in kubeconfig');
    flags.string('client-key', 'Path to client-key file for the user entry in kubeconfig');
    flags.bool('embed-certs', 'Embed client cert/key for the user entry in kubeconfig');
    flags.string('password', 'password for the user entry in kubeconfig');
    flags.string('token', 'token for the user entry in kubeconfig');
    flags.string('username', 'username for the user entry in kubeconfig');
  },
  async run(invocation) {
    const name = onlyName(invocation);
    const { flags } = invocation;
    if (flags.getString('token') !== '' && flags.getString('username') !== '') {
      throw new CommandError(
        'you cannot specify more than one authentication method at the same time: --token or --username/--password',
      );
    }
    const fields: Record<string, JsonValue | undefined> = givenFields(flags, {
      token: 'token',
      username: 'username',
      password: 'password',
    });
    for (const flag of ['client-certificate', 'client-key']) {
      if (flags.isChanged(flag)) Object.assign(fields, await certificate(invocation, flag));
    }
    await setEntry(invocation, 'users', name, fields);
    invocation.print(`User ${JSON.stringify(name)} set.\n`);
  },
};

function onlyName(invocation: Invocation): string {
  const [name] = invocation.arguments;
  if (invocation.arguments.length === 1 && name) return name;
  throw helpError(invocation, `Unexpected args: ${goStrings(invocation.arguments)}`);
}

/** A certificate by its path, or, with `--embed-certs`, its content. */
async function certificate(invocation: Invocation, flag: string): Promise<Record<string, JsonValue | undefined>> {
  const path = invocation.flags.getString(flag);
  const data = `${flag}-data`;
  if (!invocation.flags.getBool('embed-certs')) return { [flag]: path, [data]: undefined };
  try {
    const bytes = await invocation.io.files.read(path);
    return { [flag]: undefined, [data]: btoa(String.fromCharCode(...bytes)) };
  } catch (error) {
    throw new CommandError(`could not stat ${flag} file ${path}: ${(error as Error).message}`);
  }
}
