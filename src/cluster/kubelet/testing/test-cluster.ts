/** A cluster with tiny images, and pods that are bound to their nodes by hand. */
import { administrator } from '../../apiserver/auth/authenticate.ts';
import type { Draft } from '../../../api/index.ts';
import type { Container, Pod, PodSpec } from '../../../api/generated/types.ts';
import { events, pods } from '../../apiserver/registry/index.ts';
import { createCluster, type Cluster } from '../../cluster.ts';
import type { FileSystem } from '../../../shell/index.ts';
import type { Kubelet } from '../index.ts';
import { testImages } from './test-images.ts';

export class TestCluster {
  readonly cluster: Cluster;
  readonly kubelets: readonly Kubelet[];

  constructor(nodes = 1, seed = 1) {
    this.cluster = createCluster({
      seed,
      freeze: true,
      images: testImages,
      nodes: Array.from({ length: nodes }, (_, index) => ({
        name: `node-${index + 1}`,
        cpu: '4',
        memory: '8Gi',
        pods: 110,
        address: `172.18.0.${index + 2}`,
      })),
    });
    this.kubelets = [...this.cluster.kubelets.values()];
    this.run(3);
  }

  get client() {
    return this.cluster.contexts.controller('controller/test', administrator).client;
  }

  run(seconds: number): void {
    this.cluster.clock.runFor(seconds * 1000);
  }

  pod(name: string): Pod | undefined {
    return this.client.resource(pods).get('default', name);
  }

  /** The files of a container as it sees them. */
  filesOf(name: string): FileSystem {
    const { uid } = this.pod(name)!.metadata;
    const worker = this.kubelets.map((kubelet) => kubelet.workerOf(uid)).find((found) => found !== undefined);
    return worker!.state.runtime.latest('main')!.machine.files;
  }

  /** Creates a pod on a node. */
  create(name: string, container: Partial<Container>, spec: Partial<PodSpec> = {}): Pod {
    const draft = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: {
        nodeName: 'node-1',
        automountServiceAccountToken: false,
        ...spec,
        containers: [{ name: 'main', image: 'server:1', ...container }, ...(spec.containers ?? [])],
      },
    };
    return this.client.resource(pods).create(draft as unknown as Draft<Pod>);
  }

  /** `Pulled: …`, in the order of time, with how often each came. */
  events(name: string): readonly string[] {
    return this.client
      .resource(events)
      .list('default')
      .filter((event) => event.involvedObject.name === name)
      .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
      .map(({ reason, message, count }) => `${reason}: ${message}${(count ?? 1) > 1 ? ` x${count}` : ''}`);
  }

  condition(name: string, type: string): string {
    const found = this.pod(name)?.status.conditions?.find((each) => each.type === type);
    return `${found?.status} ${found?.reason ?? ''} ${found?.message ?? ''}`.trim();
  }
}
