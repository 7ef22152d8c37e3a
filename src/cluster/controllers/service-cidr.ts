import type { IPAddress, ServiceCIDR } from '../../api/generated/types.ts';
import { keyOf, rfc3339, type ObjectKey } from '../../api/index.ts';
import { parseCidr, parseIp } from '../apiserver/registry/ip-validation.ts';
import { ipAddresses, serviceCidrs } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { setCondition } from './conditions.ts';

const finalizer = 'networking.k8s.io/service-cidr-finalizer';

/**
 * Keeps a range of Services from going while addresses of it are in use, and says whether it can be used.
 * Upstream: pkg/controller/servicecidrs/servicecidrs_controller.go
 */
export function startServiceCidrController(context: ComponentContext): void {
  const ranges = context.informers.informer<ServiceCIDR>(serviceCidrs);
  const addresses = context.informers.informer<IPAddress>(ipAddresses);
  const client = context.client.resource<ServiceCIDR>(serviceCidrs);
  const queue = context.queue({ reconcile });
  const add = (range: ServiceCIDR): void => queue.add(keyOf(range));
  ranges.onChange({ added: add, updated: add });
  addresses.onChange({
    deleted: () => {
      for (const range of ranges.list()) if (range.metadata.deletionTimestamp) add(range);
    },
  });

  function reconcile(key: ObjectKey): void {
    const range = ranges.get(key);
    if (!range) return;
    const { name, deletionTimestamp, finalizers = [] } = range.metadata;
    if (!deletionTimestamp) {
      if (!finalizers.includes(finalizer)) {
        client.modify('', name, (fresh) => withFinalizers(fresh, [...(fresh.metadata.finalizers ?? []), finalizer]));
      }
      setReady(name, 'True', '', 'Kubernetes Service CIDR is ready');
      return;
    }
    if (!finalizers.includes(finalizer)) return;
    if (isUsed(range)) {
      const message =
        'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR';
      setReady(name, 'False', 'Terminating', message);
      return;
    }
    const remaining = finalizers.filter((other) => other !== finalizer);
    client.modify('', name, (fresh) => withFinalizers(fresh, remaining));
  }

  function isUsed(range: ServiceCIDR): boolean {
    const others = ranges.list().filter((other) => other !== range && !other.metadata.deletionTimestamp);
    return addresses
      .list()
      .some(({ metadata }) => holds(range, metadata.name) && !others.some((other) => holds(other, metadata.name)));
  }

  function setReady(name: string, status: string, reason: string, message: string): void {
    const lastTransitionTime = rfc3339(context.clock.nowMs);
    client.modifyStatus('', name, (fresh) => {
      const before = fresh.status?.conditions ?? [];
      const conditions = setCondition(before, { type: 'Ready', status, reason, message, lastTransitionTime });
      return conditions === before ? fresh : { ...fresh, status: { ...fresh.status, conditions } };
    });
  }
}

function withFinalizers(range: ServiceCIDR, finalizers: readonly string[]): ServiceCIDR {
  return { ...range, metadata: { ...range.metadata, finalizers } };
}

/** Whether an address is in one of the ranges. */
function holds({ spec }: ServiceCIDR, address: string): boolean {
  const ip = parseIp(address);
  return (spec?.cidrs ?? []).some((text) => {
    const range = parseCidr(text);
    if (!ip || range?.address.family !== ip.family) return false;
    return bitsOf(ip.bytes).slice(0, range.bits) === bitsOf(range.address.bytes).slice(0, range.bits);
  });
}

function bitsOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
}
