/**
 * What kube-proxy's rules do with a connection to a service: pick an endpoint.
 * Upstream: pkg/proxy/iptables/proxier.go, pkg/proxy/topology.go
 * Differs: a rule takes effect on every node the moment the watch delivers it; upstream writes rules at most once a second, node by node.
 * Differs: only TCP is modelled; topology hints are not followed.
 */
import type { RandomStream } from '../../kernel/index.ts';
import type { Endpoint, ServiceRule, ServiceTable } from './service-table.ts';

/** Where the connection came in. */
export type Entrance = 'cluster-ip' | 'external';

export type Choice =
  | { readonly endpoint: Endpoint }
  /** Nobody is ready: the node answers with a reset. */
  | { readonly refused: string }
  /** The traffic policy wants an endpoint on this node and there is none: packets vanish. */
  | { readonly dropped: string };

interface Stickiness {
  readonly endpoint: string;
  untilMs: number;
}

export class ServiceProxy {
  readonly #table: ServiceTable;
  readonly #random: RandomStream;
  readonly #nowMs: () => number;
  readonly #sticky = new Map<string, Stickiness>();

  constructor(table: ServiceTable, random: RandomStream, nowMs: () => number) {
    this.#table = table;
    this.#random = random;
    this.#nowMs = nowMs;
  }

  choose(rule: ServiceRule, entrance: Entrance, clientAddress: string, nodeName: string): Choice {
    const all = this.#table.endpointsOf(rule.key, rule.port.name ?? '');
    const { spec } = rule.service;
    const policy = entrance === 'external' ? spec.externalTrafficPolicy : spec.internalTrafficPolicy;
    const isLocalOnly = policy === 'Local';
    const usable = usableOf(isLocalOnly ? all.filter((endpoint) => endpoint.nodeName === nodeName) : all);
    if (usable.length > 0) return { endpoint: this.#pick(rule, usable, clientAddress) };
    if (isLocalOnly && usableOf(all).length > 0) {
      return { dropped: `service ${rule.key} has no endpoint on node ${nodeName}, and its traffic policy is Local` };
    }
    return { refused: `service ${rule.key} has no endpoints` };
  }

  #pick(rule: ServiceRule, usable: readonly Endpoint[], clientAddress: string): Endpoint {
    const { sessionAffinity, sessionAffinityConfig } = rule.service.spec;
    if (sessionAffinity !== 'ClientIP') return this.#random.pick(usable);

    const key = `${rule.service.metadata.uid} ${rule.port.port} ${clientAddress}`;
    const known = this.#sticky.get(key);
    const nowMs = this.#nowMs();
    const previous =
      known && known.untilMs > nowMs ? usable.find(({ address }) => address === known.endpoint) : undefined;
    const endpoint = previous ?? this.#random.pick(usable);
    const timeoutSeconds = sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800;
    this.#sticky.set(key, { endpoint: endpoint.address, untilMs: nowMs + timeoutSeconds * 1000 });
    return endpoint;
  }
}

/** Lists of endpoints are replaced, never changed: what is usable in one is found once. */
const known = new WeakMap<readonly Endpoint[], readonly Endpoint[]>();

/** The ready ones; when there are none, those that still serve while they terminate. */
function usableOf(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  let usable = known.get(endpoints);
  if (!usable) {
    const ready = endpoints.filter((endpoint) => endpoint.isReady);
    usable = ready.length > 0 ? ready : endpoints.filter((each) => each.isServing && each.isTerminating);
    known.set(endpoints, usable);
  }
  return usable;
}
