import { decodeUtf8, waitFor, type RandomStream, type Routine, type VirtualClock } from '../../kernel/index.ts';
import {
  FileError,
  type Connection,
  type ConnectErrno,
  type FileSystem,
  type Listener,
  type ResolveError,
} from '../../shell/index.ts';
import type { Trace } from '../trace.ts';
import { clusterDnsAddress, type ClusterDns } from './dns.ts';
import { placeOf, type Fabric } from './fabric.ts';
import { parseIp } from './ip-address.ts';
import type { ContainerStack } from './network.ts';
import type { NetworkNamespace, SocketOwner } from './network-namespace.ts';
import { candidates, lookUpHosts, parseResolvConf } from './resolver.ts';
import { dnsRoundTripMs } from './timing.ts';

export interface StackParts {
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly trace: Trace;
  readonly fabric: Fabric;
  readonly dns: ClusterDns;
  /** Whether a packet from this namespace to the DNS comes back at the moment. */
  readonly isDnsReachable: (from: NetworkNamespace) => boolean;
}

/** What the processes of one container see of the network. */
export class NamespaceStack implements ContainerStack, SocketOwner {
  readonly sockets = new Set<{ close(): void }>();
  readonly #namespace: NetworkNamespace;
  readonly #parts: StackParts;
  readonly #files: () => Pick<FileSystem, 'read'>;
  #isClosed = false;

  constructor(namespace: NetworkNamespace, parts: StackParts, files: () => Pick<FileSystem, 'read'>) {
    this.#namespace = namespace;
    this.#parts = parts;
    this.#files = files;
  }

  get addresses(): readonly string[] {
    return [this.#namespace.address];
  }

  *connect(
    address: string,
    port: number,
    options: { readonly timeoutMs?: number } = {},
  ): Routine<Connection | ConnectErrno> {
    if (this.#isClosed) return 'ENETUNREACH';
    return yield* this.#parts.fabric.connect(this.#namespace, address, port, { ...options, owner: this });
  }

  listen(port: number, address = '0.0.0.0'): Listener | 'EADDRINUSE' | 'EACCES' {
    // A container may bind low ports as any user: containerd sets net.ipv4.ip_unprivileged_port_start to 0.
    return this.#isClosed ? 'EACCES' : this.#namespace.listen(port, address, this);
  }

  *resolve(name: string): Routine<readonly string[] | ResolveError> {
    if (parseIp(name) !== undefined) return [name];
    const inHosts = lookUpHosts(this.#text('/etc/hosts'), name);
    if (inHosts.length > 0) return inHosts;
    if (name === 'localhost') return ['127.0.0.1'];

    const config = parseResolvConf(this.#text('/etc/resolv.conf'));
    const servers = config.nameservers.filter((server) => server === clusterDnsAddress);
    if (servers.length === 0 || !this.#parts.isDnsReachable(this.#namespace)) {
      this.#record(name, 'no answer', 0);
      yield* this.#pause(config.timeoutMs * config.attempts);
      return 'TIMEOUT';
    }
    let elapsedMs = 0;
    for (const candidate of candidates(name, config)) {
      elapsedMs += dnsRoundTripMs(this.#parts.random);
      const found = this.#parts.dns.lookUp(candidate);
      if (found.length === 0) continue;
      this.#record(candidate, undefined, elapsedMs, found);
      yield* this.#pause(elapsedMs);
      return found;
    }
    this.#record(name, 'NXDOMAIN', elapsedMs);
    yield* this.#pause(elapsedMs);
    return 'NXDOMAIN';
  }

  close(): void {
    this.#isClosed = true;
    for (const socket of this.sockets) socket.close();
  }

  #text(path: string): string {
    try {
      return decodeUtf8(this.#files().read(path));
    } catch (error) {
      // A missing file is an empty one to the resolver.
      if (error instanceof FileError) return '';
      throw error;
    }
  }

  #record(name: string, failure: string | undefined, elapsedMs: number, found: readonly string[] = []): void {
    const sentMs = this.#parts.clock.nowMs;
    this.#parts.trace.record({
      kind: 'packet',
      sentMs,
      arrivesMs: sentMs + elapsedMs,
      from: placeOf(this.#namespace),
      to: { type: 'dns', name: '' },
      verb: `A ${name}`,
      ...(failure ? { isRefused: true, detail: failure } : { detail: found.join(', ') }),
    });
  }

  *#pause(ms: number): Routine<void> {
    const label = { component: 'network', action: 'resolve', subject: this.#namespace.name };
    yield* waitFor<void>((resume) => this.#parts.clock.schedule(ms, label, () => resume()));
  }
}
