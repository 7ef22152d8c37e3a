import type { Node } from '../../api/generated/types.ts';
import type { ObjectKey } from '../../api/index.ts';
import type { HostPort, PodInfo } from './pod-info.ts';
import { Resources, resourcesOf } from './resources.ts';

const anyAddress = '0.0.0.0';

/**
 * A node and what its pods take of it, kept up to date pod by pod.
 * Upstream: pkg/scheduler/framework/types.go NodeInfo
 */
export class NodeInfo {
  readonly name: string;
  readonly pods = new Map<ObjectKey, PodInfo>();
  readonly requested = new Resources();
  /** With assumed amounts for containers that ask for nothing. */
  readonly scoringRequested = new Resources();
  readonly #hostPorts = new Map<string, number>();
  #node!: Node;
  #allocatable!: Resources;
  #allowedPods = 0;
  #images = new Map<string, number>();

  constructor(node: Node) {
    this.name = node.metadata.name;
    this.node = node;
  }

  get node(): Node {
    return this.#node;
  }

  set node(node: Node) {
    this.#node = node;
    const { pods, ...amounts } = node.status?.allocatable ?? {};
    this.#allocatable = resourcesOf(amounts);
    this.#allowedPods = pods === undefined ? 0 : Number(pods);
    this.#images = new Map();
    for (const { names = [], sizeBytes = 0 } of node.status?.images ?? []) {
      for (const name of names) this.#images.set(name, sizeBytes);
    }
  }

  get labels(): Readonly<Record<string, string>> {
    return this.#node.metadata.labels ?? {};
  }

  get allocatable(): Resources {
    return this.#allocatable;
  }

  get allowedPods(): number {
    return this.#allowedPods;
  }

  /** Image names and sizes in bytes. */
  get images(): ReadonlyMap<string, number> {
    return this.#images;
  }

  addPod(pod: PodInfo): void {
    this.pods.set(pod.key, pod);
    this.#count(pod, 1);
  }

  removePod(key: ObjectKey): PodInfo | undefined {
    const pod = this.pods.get(key);
    if (!pod) return undefined;
    this.pods.delete(key);
    this.#count(pod, -1);
    return pod;
  }

  hasPortConflict(wanted: readonly HostPort[]): boolean {
    return wanted.some(({ ip, protocol, port }) => {
      if (ip !== anyAddress) {
        return (
          this.#hostPorts.has(portKey(ip, protocol, port)) || this.#hostPorts.has(portKey(anyAddress, protocol, port))
        );
      }
      const suffix = portKey('', protocol, port);
      for (const key of this.#hostPorts.keys()) if (key.endsWith(suffix)) return true;
      return false;
    });
  }

  /** For "what if": shares nothing that changes. */
  clone(): NodeInfo {
    const copy = new NodeInfo(this.#node);
    for (const pod of this.pods.values()) copy.addPod(pod);
    return copy;
  }

  #count(pod: PodInfo, sign: 1 | -1): void {
    this.requested.add(pod.requests, sign);
    this.scoringRequested.add(pod.scoringRequests, sign);
    for (const { ip, protocol, port } of pod.hostPorts) {
      const key = portKey(ip, protocol, port);
      const count = (this.#hostPorts.get(key) ?? 0) + sign;
      if (count > 0) this.#hostPorts.set(key, count);
      else this.#hostPorts.delete(key);
    }
  }
}

function portKey(ip: string, protocol: string, port: number): string {
  return `${ip}|${protocol}|${port}`;
}
