import type { Node } from '../../api/generated/types.ts';
import type { ObjectKey } from '../../api/index.ts';
import { nodes } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';

/** 10.244.0.0/16, a /24 for each node. */
const rangeCount = 256;

/**
 * Gives each node a range of addresses for its pods.
 * Upstream: pkg/controller/nodeipam/ipam/range_allocator.go
 */
export function startNodeIpamController(context: ComponentContext): void {
  const cache = context.informers.informer(nodes);
  const client = context.client.resource<Node>(nodes);
  const used = new Map<number, string>();
  const queue = context.queue({ reconcile });
  cache.onChange({
    added(node) {
      occupy(node);
      if (!node.spec?.podCIDR) queue.add(node.metadata.name);
    },
    updated(node) {
      occupy(node);
      if (!node.spec?.podCIDR) queue.add(node.metadata.name);
    },
    deleted({ metadata }) {
      for (const [range, name] of used) if (name === metadata.name) used.delete(range);
    },
  });

  function occupy({ metadata, spec }: Node): void {
    const range = /^10\.244\.(\d+)\.0\/24$/.exec(spec?.podCIDR ?? '')?.[1];
    if (range !== undefined) used.set(Number(range), metadata.name);
  }

  function reconcile(name: ObjectKey): void {
    const node = client.get('', name);
    if (!node || node.spec?.podCIDR) return;
    const range = freeRange(name);
    if (range === undefined) {
      const message = `Node ${name} status is now: CIDRNotAvailable`;
      context.events.record(node, 'Normal', 'CIDRNotAvailable', message);
      return;
    }
    used.set(range, name);
    const podCIDR = `10.244.${range}.0/24`;
    client.modify('', name, (fresh) => ({ ...fresh, spec: { ...fresh.spec, podCIDR, podCIDRs: [podCIDR] } }));
  }

  /** The one it was given already, should its write have failed, or the first that is free. */
  function freeRange(name: string): number | undefined {
    for (const [range, owner] of used) if (owner === name) return range;
    for (let range = 0; range < rangeCount; range++) if (!used.has(range)) return range;
    return undefined;
  }
}
