import { CommandError, ConnectionError, usageError } from '../errors/command-error.ts';
import type { FlagSet } from '../flags/flag-set.ts';
import { parseBool } from '../go/parse-number.ts';
import { clientConfig, hostOf, type ClientConfig } from '../kubeconfig/client-config.ts';
import { configPaths, loadKubeconfig } from '../kubeconfig/load-kubeconfig.ts';
import type { Kubeconfig } from '../kubeconfig/kubeconfig.ts';
import type { KubectlIo } from '../kubectl-io.ts';
import { ResourceClient } from '../resource/resource-client.ts';
import { discover, type Discovery } from '../rest/discovery.ts';
import { RestClient } from '../rest/rest-client.ts';
import { NoMatchError, RestMapper, type RestMapping } from '../rest/rest-mapper.ts';
import type { WarningPrinter } from '../rest/warning-printer.ts';
import type { Command } from './command.ts';
import { pathOf } from './find-command.ts';

export type DryRun = 'none' | 'client' | 'server';

/** One call of one command: its flags and arguments, and the way to the cluster, opened when it is first needed. */
export class Invocation {
  readonly io: KubectlIo;
  readonly flags: FlagSet;
  readonly chain: readonly Command[];
  readonly #warnings: WarningPrinter;
  #kubeconfig: Promise<Kubeconfig> | undefined;
  #config: Promise<ClientConfig> | undefined;
  #client: Promise<RestClient> | undefined;
  #discovery: Promise<Discovery> | undefined;
  #mapper: Promise<RestMapper> | undefined;
  #isDiscoveryOld = false;
  #serverDate: (() => number | undefined) | undefined;

  constructor(io: KubectlIo, flags: FlagSet, chain: readonly Command[], warnings: WarningPrinter) {
    this.io = io;
    this.flags = flags;
    this.chain = chain;
    this.#warnings = warnings;
  }

  get arguments(): readonly string[] {
    return this.flags.arguments;
  }

  /** `kubectl rollout undo` */
  get path(): string {
    return pathOf(this.chain);
  }

  print(text: string): void {
    this.io.stdout.write(text);
  }

  /** Prints on standard error. */
  complain(text: string): void {
    this.io.stderr.write(text);
  }

  /** A warning of our own. */
  warn(text: string): void {
    this.complain(`Warning: ${text}\n`);
  }

  usageError(message: string): CommandError {
    return usageError(this.path, message);
  }

  /** When it is, as the cluster sees it: ages follow virtual time. */
  nowMs(): number {
    return this.#serverDate?.() ?? this.io.clock.nowMs();
  }

  kubeconfig(): Promise<Kubeconfig> {
    return (this.#kubeconfig ??= loadKubeconfig(
      this.io.files,
      configPaths(this.io.environment, this.flags.getInherited('kubeconfig')),
    ));
  }

  config(): Promise<ClientConfig> {
    return (this.#config ??= this.kubeconfig().then((config) => clientConfig(config, this.flags)));
  }

  async namespace(): Promise<string> {
    return (await this.config()).namespace;
  }

  client(): Promise<RestClient> {
    return (this.#client ??= this.config().then((config) => {
      const host = hostOf(config.server);
      if (this.io.reaches?.(config.server) === false) {
        throw new ConnectionError(host, `dial tcp ${host}: connect: connection refused`);
      }
      const client = new RestClient({
        api: this.io.api,
        host,
        headers: config.headers,
        warnings: this.#warnings,
        signal: this.io.signal,
      });
      this.#serverDate = () => client.serverDateMs;
      return client;
    }));
  }

  discovery(): Promise<Discovery> {
    return (this.#discovery ??= this.client().then(async (client) => {
      const cached = this.io.discoveryCache?.get(client.host) as Discovery | undefined;
      this.#isDiscoveryOld = cached !== undefined;
      if (cached) return cached;
      const fresh = await discover(client);
      this.io.discoveryCache?.set(client.host, fresh);
      return fresh;
    }));
  }

  mapper(): Promise<RestMapper> {
    return (this.#mapper ??= this.discovery().then(
      (discovery) => new RestMapper(discovery, (text) => this.warn(text)),
    ));
  }

  /** What an argument such as `deploy` stands for. */
  mappingFor(argument: string): Promise<RestMapping> {
    return this.#mapped((mapper) => mapper.mappingFor(argument));
  }

  /** Where objects of a kind are stored. */
  mappingForKind(group: string, kind: string, version = ''): Promise<RestMapping> {
    return this.#mapped((mapper) => mapper.mappingForKind(group, kind, version));
  }

  /** Asks again before giving up: what is not known from an earlier run may have been added since. */
  async #mapped(find: (mapper: RestMapper) => RestMapping): Promise<RestMapping> {
    try {
      return find(await this.mapper());
    } catch (error) {
      if (!(error instanceof NoMatchError) || !this.#isDiscoveryOld) throw error;
      this.forgetDiscovery();
      return find(await this.mapper());
    }
  }

  /** Forgets what the server was known to offer: the next look is at the server itself. */
  forgetDiscovery(): void {
    this.io.discoveryCache?.clear();
    this.#discovery = this.#mapper = undefined;
  }

  async resource(mapping: RestMapping): Promise<ResourceClient> {
    return new ResourceClient(await this.client(), mapping);
  }

  /** What `--dry-run` asks for. */
  dryRun(): DryRun {
    const value = this.flags.getString('dry-run');
    if (value === 'none' || value === 'client' || value === 'server') return value;
    if (value === 'unchanged') return 'client';
    const isDry = parseBool(value);
    if (isDry !== undefined) return isDry ? 'client' : 'none';
    throw new CommandError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  }

  /** What `--validate` asks the server for. */
  fieldValidation(): string {
    const value = this.flags.getString('validate');
    const asBool = parseBool(value);
    if (value === 'strict' || asBool === true) return 'Strict';
    if (value === 'warn') return 'Warn';
    if (value === 'ignore' || asBool === false) return 'Ignore';
    throw new CommandError(
      `invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`,
    );
  }
}
