import { administrator } from '../../apiserver/auth/authenticate.ts';
import type { Deployment, Event, Namespace, Node, Pod, ReplicaSet, Service } from '../../../api/generated/types.ts';
import type { Draft, KubeObject } from '../../../api/index.ts';
import { rfc3339 } from '../../../api/time.ts';
import {
  deployments,
  events,
  leases,
  namespaces,
  nodes,
  pods,
  replicaSets,
  services,
} from '../../apiserver/registry/index.ts';
import type { ResourceDefinition } from '../../apiserver/resource-definition.ts';
import { createCluster } from '../../cluster.ts';
import type { ResourceClient } from '../../informers/api-client.ts';
import type { Scheduler } from '../../scheduler/index.ts';

export interface TestClusterOptions {
  readonly seed?: number;
  readonly nodes?: number;
  readonly nodeStatus?: Partial<Node['status']>;
  /** Pods run and get ready a moment after they have a node, and go when they are told to. */
  readonly hasKubelets?: boolean;
}

/** A control plane with nodes, for tests: what kubelets do is done by hand, or by a few lines that stand in for them. */
export class TestCluster {
  readonly #cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  readonly scheduler: Scheduler = this.#cluster.scheduler!;
  readonly deployments = this.client<Deployment>(deployments);
  readonly replicaSets = this.client<ReplicaSet>(replicaSets);
  readonly pods = this.client<Pod>(pods);
  readonly nodes = this.client<Node>(nodes);
  readonly services = this.client<Service>(services);
  readonly namespaces = this.client<Namespace>(namespaces);

  constructor({ nodes: nodeCount = 3, nodeStatus, hasKubelets = true }: TestClusterOptions = {}) {
    for (let n = 1; n <= nodeCount; n++) this.addNode(`node-${n}`, nodeStatus);
    if (hasKubelets) this.#startKubelets();
    this.runFor(1000);
  }

  client<T extends KubeObject>(definition: ResourceDefinition<T>): ResourceClient<T> {
    return this.#cluster.contexts.controller('controller/test', administrator).client.resource(definition);
  }

  get nowMs(): number {
    return this.#cluster.clock.nowMs;
  }

  runFor(durationMs: number): void {
    this.#cluster.clock.runFor(durationMs);
  }

  runSeconds(seconds: number): void {
    this.runFor(seconds * 1000);
  }

  addNode(name: string, status: Partial<Node['status']> = {}, node: Partial<Node> = {}): void {
    const now = rfc3339(this.nowMs);
    const draft = {
      apiVersion: 'v1',
      kind: 'Node',
      spec: {},
      ...node,
      metadata: { name, labels: { 'kubernetes.io/hostname': name, ...node.metadata?.labels } },
    };
    this.nodes.create(draft as Draft<Node>);
    this.nodes.modifyStatus('', name, (stored) => ({
      ...stored,
      status: {
        allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
        conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: now, lastTransitionTime: now }],
        ...status,
      },
    }));
  }

  /** The node's lease, renewed every ten seconds until `untilMs`. */
  keepAlive(name: string, untilMs = Infinity): void {
    const { clock } = this.#cluster;
    const lease = this.client(leases);
    lease.create({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace: 'kube-node-lease' },
      spec: { holderIdentity: name, renewTime: `${rfc3339(clock.nowMs).slice(0, 19)}.000000Z` },
    });
    const renew = (): void => {
      if (clock.nowMs > untilMs) return;
      const renewTime = `${rfc3339(clock.nowMs).slice(0, 19)}.000000Z`;
      lease.modify('kube-node-lease', name, (stored) => ({ ...stored, spec: { ...stored.spec, renewTime } }));
      clock.schedule(10_000, { component: 'test', action: 'renew' }, renew);
    };
    clock.schedule(10_000, { component: 'test', action: 'renew' }, renew);
  }

  deploy(name: string, replicas: number, spec: Partial<Deployment['spec']> = {}): Deployment {
    const labels = { app: name };
    return this.deployments.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'default', generation: 1 },
      spec: {
        replicas,
        progressDeadlineSeconds: 600,
        revisionHistoryLimit: 10,
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        template: { metadata: { labels }, spec: podSpec() },
        ...spec,
      },
      status: {},
    } as Draft<Deployment>);
  }

  setImage(name: string, image: string): void {
    this.deployments.modify('default', name, (stored) => ({
      ...stored,
      spec: { ...stored.spec, template: { ...stored.spec.template, spec: podSpec(image) } },
    }));
  }

  scale(name: string, replicas: number): void {
    this.deployments.modify('default', name, (stored) => ({ ...stored, spec: { ...stored.spec, replicas } }));
  }

  deployment(name: string): Deployment {
    return this.deployments.get('default', name)!;
  }

  replicaSetsOf(name: string): readonly ReplicaSet[] {
    return this.replicaSets
      .list('default')
      .filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.name === name));
  }

  podsOf(app: string): readonly Pod[] {
    return this.pods.list('default').filter(({ metadata }) => metadata.labels?.['app'] === app);
  }

  createPod(name: string, spec: Partial<Pod['spec']> = {}, metadata: Partial<Pod['metadata']> = {}): Pod {
    return this.pods.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', ...metadata },
      spec: { ...podSpec(), ...spec },
      status: { phase: 'Pending' },
    } as Draft<Pod>);
  }

  setReady(pod: Pod, isReady = true): void {
    const { namespace = '', name } = pod.metadata;
    const lastTransitionTime = rfc3339(this.nowMs);
    const ready = { type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime };
    this.pods.modifyStatus(namespace, name, (stored) => ({
      ...stored,
      status: {
        ...stored.status,
        phase: 'Running',
        podIP: addressOf(stored.metadata.uid),
        podIPs: [{ ip: addressOf(stored.metadata.uid) }],
        conditions: [...(stored.status.conditions ?? []).filter(({ type }) => type !== 'Ready'), ready],
      },
    }));
  }

  /** Messages of the Events about one object, oldest first. */
  eventsAbout(kind: string, name: string): readonly string[] {
    return this.client<Event>(events)
      .list()
      .filter(({ involvedObject }) => involvedObject.kind === kind && (involvedObject.name ?? '').startsWith(name))
      .toSorted((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
      .map(({ type, reason, message }) => `${type} ${reason} ${message}`);
  }

  #startKubelets(): void {
    const { clock, contexts } = this.#cluster;
    const { informers, client } = contexts.controller('controller/test-kubelet', administrator);
    const after = (delayMs: number, run: () => void): void =>
      void clock.schedule(delayMs, { component: 'test', action: 'kubelet' }, run);
    const isOn = (pod: Pod): boolean => pod.spec.nodeName?.startsWith('node-') ?? false;
    informers.informer(pods).onChange({
      updated: (pod, old) => {
        if (isOn(pod) && !isOn(old) && !pod.spec.containers[0]?.image?.includes('broken')) {
          after(100, () => this.pods.get(pod.metadata.namespace ?? '', pod.metadata.name) && this.setReady(pod));
        }
        if (pod.metadata.deletionTimestamp && !old.metadata.deletionTimestamp && isOn(pod)) {
          after(200, () => client.finishPodDeletion(pod));
        }
      },
    });
  }
}

function podSpec(image = 'nginx:1.27'): Pod['spec'] {
  const resources = { requests: { cpu: '100m', memory: '64Mi' } };
  return { containers: [{ name: 'main', image, resources, ports: [{ name: 'http', containerPort: 8080 }] }] };
}

function addressOf(uid: string): string {
  const digits = Number.parseInt(uid.slice(0, 4), 16);
  return `10.244.${digits >> 8}.${digits & 255}`;
}
