/** A network with nodes, pods and services, without anything that runs on them. */
import {
  clockTurns,
  decodeUtf8,
  encodeUtf8,
  ProcessTable,
  RandomStream,
  VirtualClock,
  type Routine,
} from '../../../kernel/index.ts';
import { Trace } from '../../trace.ts';
import type { KubeObject } from '../../../api/index.ts';
import type {
  ContainerPort,
  EndpointSlice,
  Namespace,
  NetworkPolicy,
  Node,
  Pod,
  Service,
} from '../../../api/generated/types.ts';
import type { Labels } from '../../../api/selectors/label-selector.ts';
import { endpointSlices, namespaces, networkPolicies, nodes, pods, services } from '../../apiserver/registry/index.ts';
import type { ResourceDefinition } from '../../apiserver/resource-definition.ts';
import { SharedInformer } from '../../informers/shared-informer.ts';
import type { InformerFactory } from '../../informers/informer.ts';
import { createNetwork, type ContainerStack, type Judge, type Network } from '../index.ts';

export class NetworkRig {
  readonly clock = new VirtualClock(Date.UTC(2026, 0, 5, 9));
  readonly trace = new Trace();
  readonly network: Network;
  readonly #informers = new Map<string, SharedInformer<KubeObject>>();
  readonly #processes = new ProcessTable(clockTurns(this.clock, 'test'));

  constructor(options: { readonly nodes?: number; readonly seed?: string; readonly judge?: Judge } = {}) {
    const informers: InformerFactory = { informer: (definition) => this.#informer(definition) };
    this.network = createNetwork({
      clock: this.clock,
      trace: this.trace,
      random: new RandomStream(options.seed ?? '1'),
      informers,
      policyInformers: informers,
      ...(options.judge && { judge: options.judge }),
    });
    for (let index = 1; index <= (options.nodes ?? 2); index++) {
      this.network.attachNode(`node-${index}`, `172.18.0.${index + 1}`);
    }
    // The first process takes all others with it when it ends.
    this.#processes.spawn({ argv: ['init'], body: () => forever() });
  }

  addNode(name: string, podCIDR: string): void {
    this.#put(nodes, { apiVersion: 'v1', kind: 'Node', metadata: meta(name), spec: { podCIDR }, status: {} } as Node);
  }

  service(name: string, spec: Partial<Service['spec']>): void {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: meta(name), spec, status: {} };
    this.#put(services, service as unknown as Service);
  }

  /** The slice behind a service; `ready: false` and so on go into the conditions. */
  endpoints(
    service: string,
    port: number,
    endpoints: readonly (Partial<EndpointSlice['endpoints'][number]> & { readonly addresses: readonly string[] })[],
  ): void {
    const metadata = { ...meta(`${service}-1`), labels: { 'kubernetes.io/service-name': service } };
    const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType: 'IPv4' };
    this.#put(endpointSlices, {
      ...slice,
      endpoints,
      ports: [{ name: '', port, protocol: 'TCP' }],
    } as unknown as EndpointSlice);
  }

  /** What the API says of a pod: `client`, or `shop/client` in another namespace. */
  labels(path: string, labels: Labels, ports: readonly ContainerPort[] = []): void {
    const [namespace, name] = placeOf(path);
    const metadata = { ...meta(name), namespace, labels };
    const spec = { containers: [{ name: 'main', ports }] };
    this.#put(pods, { apiVersion: 'v1', kind: 'Pod', metadata, spec, status: {} } as unknown as Pod);
  }

  namespace(name: string, labels: Labels): void {
    const metadata = {
      ...meta(name),
      namespace: undefined,
      labels: { 'kubernetes.io/metadata.name': name, ...labels },
    };
    this.#put(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata } as unknown as Namespace);
  }

  policy(name: string, spec: NetworkPolicy['spec']): void {
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: meta(name), spec };
    this.#put(networkPolicies, policy as NetworkPolicy);
  }

  /** A pod with one container; gives its address and its sockets. */
  pod(
    path: string,
    node = 'node-1',
    files: Readonly<Record<string, string>> = {},
  ): { ip: string; stack: ContainerStack } {
    const [namespace, name] = placeOf(path);
    const attached = this.network.attachPod({
      uid: `uid-${path}`,
      namespace,
      name,
      nodeName: node,
      hostNetwork: name.startsWith('host-'),
    })!;
    const read = (path: string) => encodeUtf8(files[path] ?? defaultFiles[path] ?? '');
    return { ip: attached.podIP, stack: attached.openStack(() => ({ read })) };
  }

  /** A server that answers every connection with `<name> saw <caller>` and closes. */
  serve(stack: ContainerStack, port: number, name: string): void {
    const listener = stack.listen(port);
    if (typeof listener === 'string') throw new Error(listener);
    this.start(function* () {
      for (let connection = yield* listener.accept(); connection; connection = yield* listener.accept()) {
        yield* connection.write(encodeUtf8(`${name} saw ${connection.remoteAddress}`));
        connection.close();
      }
    });
  }

  start(routine: () => Routine<void>): void {
    this.#processes.spawn({
      argv: ['test'],
      *body() {
        yield* routine();
        return 0;
      },
    });
  }

  /** Runs a routine to its end; gives its value and how many milliseconds it took. */
  run<T>(routine: Routine<T>): { value: T; ms: number } {
    const fromMs = this.clock.nowMs;
    let done: { value: T; ms: number } | undefined;
    const clock = this.clock;
    this.start(function* () {
      const value = yield* routine;
      done = { value, ms: clock.nowMs - fromMs };
    });
    for (let steps = 0; !done && steps < 100_000 && this.clock.step(); steps++);
    if (!done) throw new Error('it never ends');
    return done;
  }

  /** What one connection gives: the text, or the error. */
  fetch(stack: ContainerStack, host: string, port: number): string {
    return this.run(readAll(stack, host, port)).value;
  }

  #informer<T extends KubeObject>(definition: ResourceDefinition<T>): SharedInformer<T> {
    let known = this.#informers.get(definition.resource);
    if (!known) {
      known = new SharedInformer<KubeObject>([], (run) => run());
      this.#informers.set(definition.resource, known);
    }
    return known as unknown as SharedInformer<T>;
  }

  #put<T extends KubeObject>(definition: ResourceDefinition<T>, object: T): void {
    const { name, namespace } = object.metadata;
    const key = definition.isNamespaced ? `${namespace}/${name}` : name;
    const informer = this.#informer(definition);
    informer.deliver({ type: informer.get(key) ? 'MODIFIED' : 'ADDED', key, object });
  }
}

const defaultFiles: Readonly<Record<string, string>> = {
  '/etc/hosts': '127.0.0.1\tlocalhost\n',
  '/etc/resolv.conf':
    'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
};

function placeOf(path: string): readonly [namespace: string, name: string] {
  const at = path.indexOf('/');
  return at < 0 ? ['default', path] : [path.slice(0, at), path.slice(at + 1)];
}

function meta(name: string) {
  return {
    name,
    namespace: 'default',
    uid: `uid-${name}`,
    resourceVersion: '1',
    creationTimestamp: '2026-01-05T09:00:00Z',
  };
}

function* forever(): Routine<number> {
  yield { kind: 'wait', start: () => () => {} };
  return 0;
}

function* readAll(stack: ContainerStack, host: string, port: number): Routine<string> {
  const found = yield* stack.resolve(host);
  if (typeof found === 'string') return found;
  const connection = yield* stack.connect(found[0]!, port);
  if (typeof connection === 'string') return connection;
  let text = '';
  for (let bytes = yield* connection.read(); bytes; bytes = yield* connection.read()) text += decodeUtf8(bytes);
  connection.close();
  return text;
}
