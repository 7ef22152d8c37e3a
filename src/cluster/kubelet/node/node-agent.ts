/**
 * Registers the node, keeps its status and its lease fresh, and says what it has to say of itself.
 * Upstream: pkg/kubelet/kubelet_node_status.go, component-helpers/apimachinery/lease/controller.go
 */
import type { Cancel, RandomStream } from '../../../kernel/index.ts';
import { ApiError } from '../../../api/index.ts';
import { rfc3339Micro } from '../../../api/time.ts';
import type { Lease, Node, NodeStatus } from '../../../api/generated/types.ts';
import { leases, nodes } from '../../apiserver/registry/index.ts';
import type { ResourceClient } from '../../informers/api-client.ts';
import type { ComponentContext } from '../../informers/component-context.ts';
import type { StoredImage } from '../images/image-store.ts';
import type { NodeDescription } from '../node-description.ts';
import { drawIdentity, nodeDraft, nodeStatusOf, type MachineIdentity } from './node-object.ts';

const leaseNamespace = 'kube-node-lease';
const leaseDurationSeconds = 40;
const leaseRenewalMs = 10_000;
/** nodeStatusUpdateFrequency: how often the kubelet looks whether something has changed. */
const statusCheckMs = 10_000;
/** nodeStatusReportFrequency: how often it reports even so. */
const statusReportMs = 300_000;
/** As long as the runtime needs to answer for the first time. */
const startProblem =
  '[container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful]';

export interface NodeAgentParts {
  readonly context: ComponentContext;
  readonly random: RandomStream;
  readonly node: NodeDescription;
  readonly images: () => readonly StoredImage[];
  readonly isConnected: () => boolean;
  /** The API server can be reached again. */
  readonly onReconnect: () => void;
}

export class NodeAgent {
  readonly #parts: NodeAgentParts;
  readonly #nodes: ResourceClient<Node>;
  readonly #leases: ResourceClient<Lease>;
  readonly #timers = new Set<Cancel>();
  readonly #machine: MachineIdentity;
  #identity: MachineIdentity;
  #problem: string | undefined = startProblem;
  #isCheckDue = false;
  #wasConnected = true;
  #hasStarted = false;

  constructor(parts: NodeAgentParts) {
    this.#parts = parts;
    this.#nodes = parts.context.client.resource(nodes);
    this.#leases = parts.context.client.resource(leases);
    this.#machine = drawIdentity(parts.random);
    this.#identity = this.#machine;
  }

  /** The machine is up: registers the node, and reports it ready a moment later. */
  start(): void {
    const { random, node, context } = this.#parts;
    const isReboot = this.#hasStarted;
    if (isReboot) this.#identity = { ...this.#machine, bootID: random.uuid() };
    this.#hasStarted = true;
    this.#problem = startProblem;
    const object = this.#register();
    this.#renewLease();
    if (!object) return;
    const { events } = context;
    events.record(object, 'Normal', 'Starting', 'Starting kubelet.');
    if (isReboot) {
      events.record(
        object,
        'Warning',
        'Rebooted',
        `Node ${node.name} has been rebooted, boot id: ${this.#identity.bootID}`,
      );
    }
    for (const reason of ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID']) {
      events.record(object, 'Normal', reason, `Node ${node.name} status is now: ${reason}`);
    }
    events.record(object, 'Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
    this.#later(random.between(900, 1800), 'report ready', () => {
      this.#problem = undefined;
      this.#report();
      events.record(object, 'Normal', 'NodeReady', `Node ${node.name} status is now: NodeReady`);
    });
    this.#every(leaseRenewalMs, 'renew lease', () => {
      this.#renewLease();
      this.#noticeConnection();
    });
    this.#every(statusReportMs, 'report status', () => this.#report());
  }

  stop(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.#isCheckDue = false;
  }

  /** Something of the status has changed: reports it when the kubelet next looks. */
  changed(): void {
    if (this.#isCheckDue) return;
    this.#isCheckDue = true;
    this.#later(this.#parts.random.between(0, statusCheckMs), 'report status', () => {
      this.#isCheckDue = false;
      this.#report();
    });
  }

  #register(): Node | undefined {
    const { node, random } = this.#parts;
    const known = this.#nodes.get('', node.name);
    if (!known) this.#nodes.create(nodeDraft(node));
    this.#later(random.between(5, 25), 'register', () => this.#report());
    return this.#nodes.get('', node.name);
  }

  #report(): void {
    const { node, context, images } = this.#parts;
    this.#tolerating(() =>
      this.#nodes.modifyStatus('', node.name, (stored) => ({
        ...stored,
        status: nodeStatusOf({
          node,
          identity: this.#identity,
          images: images(),
          previous: stored.status ?? ({} satisfies NodeStatus),
          nowMs: context.clock.nowMs,
          problem: this.#problem,
        }),
      })),
    );
  }

  #renewLease(): void {
    const { node, context } = this.#parts;
    const renewTime = rfc3339Micro(context.clock.nowMs);
    this.#tolerating(() => {
      const renewed = this.#leases.modify(leaseNamespace, node.name, (lease) => ({
        ...lease,
        spec: { ...lease.spec, renewTime },
      }));
      if (renewed) return;
      const owner = this.#nodes.get('', node.name);
      this.#leases.create({
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: {
          name: node.name,
          namespace: leaseNamespace,
          ...(owner && {
            ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: owner.metadata.name, uid: owner.metadata.uid }],
          }),
        },
        spec: { holderIdentity: node.name, leaseDurationSeconds, renewTime },
      });
    });
  }

  #noticeConnection(): void {
    const isConnected = this.#parts.isConnected();
    const isBack = isConnected && !this.#wasConnected;
    this.#wasConnected = isConnected;
    if (!isBack) return;
    this.#report();
    this.#parts.onReconnect();
  }

  /** What the API refuses now is tried again with the next period. */
  #tolerating(call: () => unknown): void {
    if (!this.#parts.isConnected()) return;
    try {
      call();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #later(delayMs: number, action: string, run: () => void): void {
    const { context, node } = this.#parts;
    const label = { component: context.component, action, subject: `nodes/${node.name}` };
    const cancel = context.clock.schedule(delayMs, label, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }

  #every(periodMs: number, action: string, run: () => void): void {
    this.#later(periodMs, action, () => {
      this.#every(periodMs, action, run);
      run();
    });
  }
}
