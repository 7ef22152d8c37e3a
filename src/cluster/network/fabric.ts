/** Opens connections between namespaces and tells the trace which way they went. */
import type { TracePlace } from '../../api/index.ts';
import { waitFor, type Label, type RandomStream, type Routine, type VirtualClock } from '../../kernel/index.ts';
import type { Connection, ConnectErrno } from '../../shell/index.ts';
import type { Trace } from '../trace.ts';
import type { NetworkNamespace, SocketOwner } from './network-namespace.ts';
import { routeOf, type Route, type Topology } from './route.ts';
import { TcpConnection } from './tcp-connection.ts';
import { connectTimeoutMs, oneWayMs, unreachableAfterMs } from './timing.ts';
import type { Judge } from './verdict.ts';

export interface ConnectOptions {
  readonly timeoutMs?: number;
  /** Closed with the owner. */
  readonly owner?: SocketOwner;
  /** Absent: yes. Probes have a message of their own. */
  readonly isTraced?: boolean;
}

const label: Label = { component: 'network', action: 'deliver' };

export class Fabric {
  readonly #clock: VirtualClock;
  readonly #random: RandomStream;
  readonly #trace: Trace;
  readonly #topology: Topology;
  readonly #judge: Judge;

  constructor(parts: { clock: VirtualClock; random: RandomStream; trace: Trace; topology: Topology; judge: Judge }) {
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#trace = parts.trace;
    this.#topology = parts.topology;
    this.#judge = parts.judge;
  }

  *connect(
    from: NetworkNamespace,
    address: string,
    port: number,
    options: ConnectOptions = {},
  ): Routine<Connection | ConnectErrno> {
    const timeoutMs = options.timeoutMs ?? connectTimeoutMs;
    const route = this.#judged(from, routeOf(from, address, port, this.#topology));
    const latencyMs =
      route.outcome === 'arrives' ? oneWayMs(from, route.to, this.#random) : this.#random.between(0.05, 0.2);
    if (options.isTraced !== false) this.#record(from, address, port, route, latencyMs);

    const answerMs = answerTimeMs(route, latencyMs);
    yield* this.#pause(Math.min(answerMs, timeoutMs));
    if (answerMs > timeoutMs || route.outcome === 'dropped') return 'ETIMEDOUT';
    if (route.outcome === 'unreachable') return 'EHOSTUNREACH';
    if (route.outcome === 'refused') return 'ECONNREFUSED';

    // Whoever had the address when the packet left may be gone by now.
    const isThere = address.startsWith('127.') || this.#topology.owner(route.address) === route.to;
    const listener = isThere ? route.to.listenerAt(route.address, route.port) : undefined;
    if (!listener) return isThere ? 'ECONNREFUSED' : 'EHOSTUNREACH';
    const owners = { client: options.owner, server: listener.owner };
    const connection = this.#open(from, address, port, route, latencyMs, owners);
    listener.offer(connection.server);
    return connection.client;
  }

  #judged(from: NetworkNamespace, route: Route): Route {
    if (route.outcome !== 'arrives' || route.to === from) return route;
    const { to, address, port, seenAs } = route;
    const verdict = this.#judge({ from, to, address, port, seenAs });
    if (verdict.isAllowed) return route;
    return { outcome: 'dropped', detail: verdict.detail ?? 'not allowed', service: route.service };
  }

  #open(
    from: NetworkNamespace,
    address: string,
    port: number,
    route: Route & { outcome: 'arrives' },
    latencyMs: number,
    owners: { readonly client: SocketOwner | undefined; readonly server: SocketOwner },
  ): TcpConnection {
    const { to } = route;
    const localAddress = address.startsWith('127.') ? '127.0.0.1' : from.address;
    const localPort = from.ephemeralPort();
    const connection = new TcpConnection(
      { clock: this.#clock, label, latencyMs, isOpen: () => this.#isOpen(from, to) },
      { local: { address: localAddress, port: localPort }, remote: { address, port } },
      {
        local: { address: route.address, port: route.port },
        remote: { address: route.seenAs, port: localPort },
      },
    );
    from.connections.add(connection);
    to.connections.add(connection);
    owners.client?.sockets.add(connection.client);
    owners.server.sockets.add(connection.server);
    connection.onClosed(() => {
      from.connections.delete(connection);
      to.connections.delete(connection);
      owners.client?.sockets.delete(connection.client);
      owners.server.sockets.delete(connection.server);
    });
    return connection;
  }

  #isOpen(from: NetworkNamespace, to: NetworkNamespace): boolean {
    if (from === to || (from.nodeName !== '' && from.nodeName === to.nodeName)) return true;
    const isUp = (namespace: NetworkNamespace) =>
      namespace.type === 'outside' || this.#topology.isNodeUp(namespace.nodeName);
    return isUp(from) && isUp(to);
  }

  *#pause(ms: number): Routine<void> {
    yield* waitFor<void>((resume) => this.#clock.schedule(ms, label, () => resume()));
  }

  #record(from: NetworkNamespace, address: string, port: number, route: Route, latencyMs: number): void {
    const sentMs = this.#clock.nowMs;
    const arrivesMs = sentMs + latencyMs;
    const isRefused = route.outcome !== 'arrives' || route.to.listenerAt(route.address, route.port) === undefined;
    const common = { kind: 'packet' as const, verb: `TCP ${address}:${port}` };
    const refusal = { isRefused: true, detail: route.outcome === 'arrives' ? 'connection refused' : route.detail };
    const { service } = route;
    if (!service) {
      const to = route.outcome === 'arrives' ? placeOf(route.to) : ({ type: 'outside', name: address } as const);
      this.#trace.record({ ...common, sentMs, arrivesMs, from: placeOf(from), to, ...(isRefused && refusal) });
      return;
    }
    const name = `${service.metadata.namespace}/${service.metadata.name}`;
    const place: TracePlace = { type: 'service', name };
    const isStopped = route.outcome !== 'arrives';
    const middleMs = sentMs + latencyMs / 2;
    const first = { ...common, sentMs, arrivesMs: middleMs, from: placeOf(from), to: place, ...(isStopped && refusal) };
    const causeId = this.#trace.record(first);
    if (isStopped) return;
    const detail = `service ${name} picked ${route.address}:${route.port}`;
    const second = { ...common, sentMs: middleMs, arrivesMs, from: place, to: placeOf(route.to), causeId, detail };
    this.#trace.record({ ...second, ...(isRefused && refusal) });
  }
}

function answerTimeMs(route: Route, latencyMs: number): number {
  if (route.outcome === 'dropped') return Number.POSITIVE_INFINITY;
  return route.outcome === 'unreachable' ? unreachableAfterMs : 2 * latencyMs;
}

export function placeOf(namespace: NetworkNamespace): TracePlace {
  return { type: namespace.type, name: namespace.name };
}
