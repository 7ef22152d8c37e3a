import { CommandError, ConfigurationError } from '../errors/command-error.ts';
import type { FlagSet } from '../flags/flag-set.ts';
import { stringAt, type JsonObject } from '../resource/json.ts';
import type { Kubeconfig } from './kubeconfig.ts';

/** Where to send requests, and as whom. */
export interface ClientConfig {
  readonly server: string;
  readonly namespace: string;
  /** The namespace came from the command line. */
  readonly isNamespaceExplicit: boolean;
  readonly user: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
}

/** Picks context, cluster and user. Upstream: client-go/tools/clientcmd/client_config.go */
export function clientConfig(config: Kubeconfig, flags: FlagSet): ClientConfig {
  const contextName = flags.getInherited('context') || config.currentContext;
  const context = config.contexts.get(contextName)?.value;
  if (!context && flags.getInherited('context') !== '') {
    throw new ConfigurationError(`context was not found for specified context: ${contextName}\n`.trimEnd());
  }
  const user = userOf(config, flags, context);
  const server = serverOf(config, flags, context);
  const explicit = flags.getInherited('namespace');
  return {
    server,
    namespace: explicit || stringAt(context, 'namespace') || 'default',
    isNamespaceExplicit: explicit !== '',
    user,
    headers: identityHeaders(user, flags),
  };
}

function serverOf(config: Kubeconfig, flags: FlagSet, context: JsonObject | undefined): string {
  const override = flags.getInherited('cluster');
  const name = override || stringAt(context, 'cluster');
  const cluster = config.clusters.get(name)?.value;
  if (override && !cluster) throw new CommandError(`no server found for cluster ${JSON.stringify(override)}`);
  const server = flags.getInherited('server') || stringAt(cluster, 'server') || 'http://localhost:8080';
  return /^https?:\/\//.test(server) ? server : `http://${server}`;
}

function userOf(config: Kubeconfig, flags: FlagSet, context: JsonObject | undefined): JsonObject {
  const override = flags.getInherited('user');
  const user = config.users.get(override || stringAt(context, 'user'))?.value;
  if (override && !user) throw new CommandError(`auth info ${JSON.stringify(override)} does not exist`);
  return user ?? {};
}

function identityHeaders(user: JsonObject, flags: FlagSet): Record<string, string> {
  const token = flags.getInherited('token') || stringAt(user, 'token');
  const name = flags.getInherited('username') || stringAt(user, 'username');
  const password = flags.getInherited('password') || stringAt(user, 'password');
  const impersonated = flags.getInherited('as') || stringAt(user, 'as');
  const groups = flags.getStrings('as-group');
  if (groups.length > 0 && impersonated === '') {
    throw new CommandError('requesting uid, groups or user-extra for  without impersonating a user');
  }
  return {
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(!token && name && { Authorization: `Basic ${btoa(`${name}:${password}`)}` }),
    ...(impersonated && { 'Impersonate-User': impersonated }),
    ...(groups.length > 0 && { 'Impersonate-Group': groups.join(',') }),
    ...(flags.getInherited('as-uid') && { 'Impersonate-Uid': flags.getInherited('as-uid') }),
  };
}

/** `127.0.0.1:6443` of `https://127.0.0.1:6443`. */
export function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}
