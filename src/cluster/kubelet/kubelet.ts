/**
 * The agent on each node: runs the pods that are bound to it and answers for the node.
 * Upstream: pkg/kubelet/kubelet.go
 */
import type { RandomStream } from '../../kernel/index.ts';
import { ApiError } from '../../api/index.ts';
import { parseQuantity, quantityMilliValue, quantityValue } from '../../api/quantity.ts';
import type { Pod } from '../../api/generated/types.ts';
import { memoryFileSystem, type MemoryFileSystem } from '../../shell/index.ts';
import { nodes, pods } from '../apiserver/registry/index.ts';
import type { ImageCatalogue } from '../images/image.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Network } from '../network/index.ts';
import { Admission } from './admission.ts';
import { ConfigSource } from './environment/config-source.ts';
import { ImageStore } from './images/image-store.ts';
import type { KubeletServer } from './kubelet-server.ts';
import { NodeAgent } from './node/node-agent.ts';
import { capacityOf } from './node/node-object.ts';
import type { NodeDescription } from './node-description.ts';
import type { NodeParts } from './node-parts.ts';
import { Pleg } from './pleg.ts';
import { PodFeed, type PodSink } from './pod-feed.ts';
import { PodWorker } from './pod-worker.ts';
import { DeviceFiles } from './runtime/device-files.ts';
import type { PodRuntime } from './runtime/pod-runtime.ts';
import { serveKubelet } from './server/serve-kubelet.ts';
import type { NetworkStorage } from '../volumes/network-storage.ts';
import { ConfigFeed } from './volumes/config-feed.ts';
import { PersistentStorage } from './volumes/persistent-storage.ts';

export interface KubeletOptions {
  readonly context: ComponentContext;
  readonly node: NodeDescription;
  readonly network: Network;
  readonly images: ImageCatalogue;
  readonly storage: NetworkStorage;
}

export class Kubelet implements PodSink {
  readonly node: NodeDescription;
  /** Logs, exec and the like, for the API server. */
  readonly server: KubeletServer;
  readonly #context: ComponentContext;
  readonly #network: Network;
  readonly #catalogue: ImageCatalogue;
  readonly #storage: NetworkStorage;
  readonly #feed: PodFeed;
  readonly #agent: NodeAgent;
  readonly #workers = new Map<string, PodWorker>();
  /** What containerd finds on the disk after a reboot. */
  readonly #remains = new Map<string, PodRuntime>();
  readonly #files: MemoryFileSystem;
  readonly #images: ImageStore;
  #parts: NodeParts;
  #isOn = false;

  constructor({ context, node, network, images, storage }: KubeletOptions) {
    this.node = node;
    this.#context = context;
    this.#network = network;
    this.#catalogue = images;
    this.#storage = storage;
    this.#feed = PodFeed.of(context.informers);
    this.#files = makeNodeFiles(context);
    this.#images = this.#makeImageStore(context.random.fork('images'));
    this.#agent = new NodeAgent({
      context,
      random: context.random.fork('node'),
      node,
      images: () => this.#images.images,
      isConnected: () => network.isNodeLinkUp(node.name),
      onReconnect: () => this.#relist(),
    });
    this.#parts = this.#makeParts();
    this.server = serveKubelet((podUid) => this.#workers.get(podUid), network, context.clock);
    network.attachNode(node.name, node.address);
  }

  /** Who leads a pod; undefined when it is not on this node. */
  workerOf(podUid: string): PodWorker | undefined {
    return this.#workers.get(podUid);
  }

  /** What is on the node's own disk. */
  get disk(): MemoryFileSystem {
    return this.#files;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Starts the kubelet: the node registers and takes up the pods that are bound to it. */
  powerOn(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    this.#network.setNodeLink(this.node.name, true);
    this.#parts = this.#makeParts();
    this.#agent.start();
    this.#feed.subscribe(this.node.name, this);
    for (const pod of this.#feed.podsOf(this.node.name)) this.podChanged(pod);
    this.#remains.clear();
  }

  /** Pulls the plug: whatever ran is gone, and nobody is told. */
  powerOff(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    this.#network.setNodeLink(this.node.name, false);
    this.#feed.unsubscribe(this.node.name);
    this.#agent.stop();
    this.#parts.pleg.stop();
    for (const [uid, worker] of this.#workers) {
      worker.abandon();
      this.#remains.set(uid, worker.state.runtime);
    }
    this.#workers.clear();
  }

  podChanged(pod: Pod): void {
    if (!this.#network.isNodeLinkUp(this.node.name)) return;
    const { uid } = pod.metadata;
    const known = this.#workers.get(uid);
    if (known) return known.podChanged(pod);
    const remains = this.#remains.get(uid);
    const worker = new PodWorker(this.#parts, pod, remains, () => this.#workers.delete(uid));
    this.#workers.set(uid, worker);
    this.#guarded(() => worker.begin());
  }

  podRemoved(pod: Pod): void {
    if (!this.#network.isNodeLinkUp(this.node.name)) return;
    this.#workers.get(pod.metadata.uid)?.podRemoved();
  }

  /** The watch was interrupted: catches up with what happened meanwhile. */
  #relist(): void {
    const pods = this.#feed.podsOf(this.node.name);
    const known = new Set(pods.map((pod) => pod.metadata.uid));
    for (const [uid, worker] of this.#workers) if (!known.has(uid)) worker.podRemoved();
    for (const pod of pods) this.podChanged(pod);
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      // The API refuses what has changed under our feet; the watch will say how things are.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #makeParts(): NodeParts {
    const { clock, random, client, informers, component } = this.#context;
    const capacity = capacityOf(this.node);
    const cpuMilli = quantityMilliValue(parseQuantity(this.node.cpu));
    const memoryBytes = quantityValue(parseQuantity(this.node.memory));
    const nodeInformer = informers.informer(nodes);
    const own = random.fork('pods');
    return {
      context: this.#context,
      clock,
      random: own,
      node: this.node,
      network: this.#network,
      images: this.#images,
      pleg: new Pleg(clock, component, own.between(0, 1000)),
      admission: new Admission({ cpuMilli, memoryBytes, pods: this.node.pods }),
      config: new ConfigSource(informers),
      configFeed: ConfigFeed.of(informers),
      devices: new DeviceFiles(Math.ceil(cpuMilli / 1000), memoryBytes),
      files: this.#files,
      storage: new PersistentStorage(informers, this.#storage),
      allocatable: capacity,
      pods: client.resource(pods),
      isConnected: () => this.#network.isNodeLinkUp(this.node.name),
      currentNode: () => nodeInformer.get(this.node.name),
    };
  }

  #makeImageStore(random: RandomStream): ImageStore {
    const { clock, trace, place, component } = this.#context;
    const catalogue = this.#catalogue;
    return new ImageStore({ clock, random, trace, place, component, catalogue, onChange: () => this.#agent.changed() });
  }
}

/** The node's own disk, as far as hostPath volumes may look for something. */
function makeNodeFiles({ clock }: ComponentContext): MemoryFileSystem {
  const files = memoryFileSystem({ nowMs: () => clock.nowMs });
  for (const path of [
    '/etc/kubernetes/manifests',
    '/var/lib/kubelet',
    '/var/log/pods',
    '/var/log/containers',
    '/tmp',
  ]) {
    files.makeDirectory(path, { parents: true });
  }
  return files;
}
