import type { Fault, TraceMessage } from '../api/index.ts';
import { clockTurns, invariant, ProcessTable, RandomStream, VirtualClock, waitFor } from '../kernel/index.ts';
import type { ApiRequest } from './apiserver/api-request.ts';
import { ApiServer } from './apiserver/api-server.ts';
import type { UserInfo } from './apiserver/resource-definition.ts';
import { bootstrap } from './bootstrap.ts';
import { ComponentContexts } from './component-contexts.ts';
import { startCertificateControllers } from './controllers/certificates/index.ts';
import { startCustomResourceControllers } from './controllers/custom-resource-definition/index.ts';
import { startFlowSchemaController } from './controllers/flow-schema.ts';
import { startControllers } from './controllers/index.ts';
import { Faults } from './faults.ts';
import { createImageCatalogue, type ImageCatalogue } from './images/index.ts';
import { startKubelet, type Kubelet, type NodeDescription } from './kubelet/index.ts';
import { Metrics } from './metrics/metrics.ts';
import { processMetrics } from './metrics/process-metrics.ts';
import { createNetwork, type Network } from './network/index.ts';
import { describeNodes } from './node-descriptions.ts';
import { findProfile } from './profile.ts';
import { startScheduler, type Scheduler } from './scheduler/index.ts';
import { Store } from './store/index.ts';
import { Trace } from './trace.ts';
import { NetworkStorage, startStorage } from './volumes/index.ts';

export interface ClusterOptions {
  readonly seed: number;
  /** Virtual time at the start, in milliseconds since 1970. */
  readonly epochMs?: number;
  /** How many machines, the control plane's included, or which; three when absent. */
  readonly nodes?: number | readonly NodeDescription[];
  /** How it is set up, `kubeadm` when absent; the names are in `profile.ts`. */
  readonly profile?: string;
  /** Freezes every stored object: in tests and in development. */
  readonly freeze?: boolean;
  /** What the registries have; the built-in catalogue when absent. */
  readonly images?: ImageCatalogue;
  /** Hears of what went wrong inside the simulator itself while it answered a request. */
  readonly onBug?: (error: unknown, request: ApiRequest) => void;
}

export interface Cluster {
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly store: Store;
  readonly apiServer: ApiServer;
  readonly network: Network;
  readonly contexts: ComponentContexts;
  /** Explains its decisions; absent when the profile has none. */
  readonly scheduler: Scheduler | undefined;
  /** By the name of their node. */
  readonly kubelets: ReadonlyMap<string, Kubelet>;
  /** Processes of the learner's workstation that reach into the cluster. */
  readonly outside: ProcessTable;
  /** The chain of causes that led to an object's latest change, the first cause first. */
  explain(resource: string, namespace: string, name: string): { readonly messages: readonly TraceMessage[] };
  /** What is broken on purpose. */
  faults(): readonly Fault[];
  setFault(fault: Fault, isOn: boolean): void;
}

const defaultEpochMs = Date.UTC(2026, 0, 5, 9);
const defaultNodes = 3;
const compactionIntervalMs = 5 * 60_000;

/** Puts a cluster together. Nothing happens in it until its clock runs. */
export function createCluster(options: ClusterOptions): Cluster {
  const profile = findProfile(options.profile);
  invariant(profile, `there is a profile ${options.profile}`);
  const clock = new VirtualClock(options.epochMs ?? defaultEpochMs);
  const random = new RandomStream(String(options.seed));
  const trace = new Trace();
  const metrics = new Metrics();
  processMetrics(metrics, clock.nowMs);
  const store = new Store({ freeze: options.freeze ?? false });
  const kubelets = new Map<string, Kubelet>();
  const apiServer = new ApiServer({
    clock,
    random,
    trace,
    metrics,
    store,
    profile,
    findKubelet: (nodeName) => {
      const kubelet = kubelets.get(nodeName);
      return kubelet?.isOn ? kubelet.server : undefined;
    },
    reportBug: (error, request) => options.onBug?.(error, request),
  });
  const contexts = new ComponentContexts({ clock, random, trace, metrics, apiServer });
  const nodes = profile.hasMachines ? machines(options.nodes) : [];
  bootstrap(apiServer, nodes[0]?.address ?? '172.18.0.2', profile);
  compactRegularly(clock, store);
  const network = createNetwork({
    clock,
    random: random.fork('network'),
    trace,
    informers: contexts.informers('kube-proxy'),
    // The network plugin's agents share what the kubelets know of pods.
    policyInformers: contexts.informers('kubelet'),
    serviceCidr: profile.serviceCidr,
  });
  const contextFor = (component: string, user: UserInfo) => contexts.controller(component, user);
  startControllers(contextFor, profile.disabledControllers);
  startFlowSchemaController(contexts.apiServer('flow-schema'));
  startCertificateControllers(contextFor, apiServer.authority);
  startStorage(contextFor, profile.hasMachines ? (nodeName) => kubelets.get(nodeName)?.disk : undefined);
  startCustomResourceControllers((component) => contexts.apiServer(component));
  const scheduler = profile.hasScheduler ? startScheduler(contexts.scheduler()) : undefined;
  const images = options.images ?? createImageCatalogue();
  const storage = new NetworkStorage(clock);
  for (const node of nodes) {
    const context = contexts.kubelet(node.name);
    kubelets.set(node.name, startKubelet({ context, node, network, images, storage }));
  }
  const faults = new Faults(kubelets, network);
  return {
    clock,
    trace,
    store,
    apiServer,
    network,
    contexts,
    scheduler,
    kubelets,
    outside: workstation(clock),
    explain: (resource, namespace, name) => ({
      messages: trace.why(`${resource}/${namespace ? `${namespace}/` : ''}${name}`),
    }),
    faults: () => faults.list(),
    setFault: (fault, isOn) => faults.set(fault, isOn),
  };
}

function machines(asked: ClusterOptions['nodes']): readonly NodeDescription[] {
  return typeof asked === 'object' ? asked : describeNodes(asked ?? defaultNodes);
}

function workstation(clock: VirtualClock): ProcessTable {
  const processes = new ProcessTable(clockTurns(clock, 'outside'));
  // The first process never ends: all others would go with it.
  processes.spawn({
    argv: ['init'],
    *body() {
      yield* waitFor<void>(() => undefined);
      return 0;
    },
  });
  return processes;
}

/** Upstream: apiserver/pkg/storage/etcd3/compact.go: every five minutes, what is older than five minutes. */
function compactRegularly(clock: VirtualClock, store: Store): void {
  let revision = store.revision;
  const compact = (): void => {
    store.compact(revision);
    revision = store.revision;
    clock.schedule(compactionIntervalMs, { component: 'etcd', action: 'compact' }, compact);
  };
  clock.schedule(compactionIntervalMs, { component: 'etcd', action: 'compact' }, compact);
}
