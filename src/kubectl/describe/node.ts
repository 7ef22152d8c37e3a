import type { Lease, Node, Pod } from '../../api/generated/types.ts';
import { ApiError, canonicalQuantity } from '../../api/index.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { findEvents, writeEvents } from './events.ts';
import { writeAnnotations, writeLabels, writeTaints } from './lists.ts';
import { writeNodeResources } from './node-resources.ts';
import { DescribePage } from './page.ts';
import { rfc1123 } from './time.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeNode */
export const describeNode: Describer<Node> = async (node, context) => {
  const { metadata, spec } = node;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Roles', rolesOf(node).join(',') || '<none>');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp));
  writeTaints(page, spec.taints);
  page.field(0, 'Unschedulable', spec.unschedulable === true);
  await writeLease(page, metadata.name, context);
  writeStatus(page, node);
  if (spec.podCIDR) page.field(0, 'PodCIDR', spec.podCIDR);
  if (spec.podCIDRs?.length) page.field(0, 'PodCIDRs', spec.podCIDRs.join(','));
  if (spec.providerID) page.field(0, 'ProviderID', spec.providerID);
  const pods = await podsOn(metadata.name, context);
  if (pods) writeNodeResources(page, node, pods, context.nowMs);
  else page.field(0, 'Pods', 'not authorized');
  if (context.showsEvents) writeEvents(page, await eventsAbout(node, context), context.nowMs);
  return page.end();
};

function rolesOf({ metadata }: Node): readonly string[] {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(prefix)) return [key.slice(prefix.length)];
    return key === 'kubernetes.io/role' ? [value] : [];
  });
  return [...new Set(roles.filter(Boolean))].sort();
}

async function writeLease(page: DescribePage, name: string, context: DescribeContext): Promise<void> {
  let lease: Lease;
  try {
    lease = await context.get<Lease>(`/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}`);
  } catch (error) {
    page.field(0, 'Lease', `Failed to get lease: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  const { holderIdentity, acquireTime, renewTime } = lease.spec;
  page.write(0, 'Lease:\n');
  page.field(1, 'HolderIdentity', holderIdentity ?? '<unset>');
  page.field(1, 'AcquireTime', acquireTime ? rfc1123(acquireTime) : '<unset>');
  page.field(1, 'RenewTime', renewTime ? rfc1123(renewTime) : '<unset>');
}

function writeStatus(page: DescribePage, { status }: Node): void {
  if (status.conditions?.length) {
    page.write(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n');
    page.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
    for (const condition of status.conditions) {
      const times = `${rfc1123(condition.lastHeartbeatTime)} \t${rfc1123(condition.lastTransitionTime)}`;
      const { type, reason = '', message = '' } = condition;
      page.write(1, `${type} \t${condition.status} \t${times} \t${reason} \t${message}\n`);
    }
  }
  page.write(0, 'Addresses:\n');
  for (const { type, address } of status.addresses ?? []) page.field(1, type, address);
  writeAmounts(page, 'Capacity', status.capacity);
  writeAmounts(page, 'Allocatable', status.allocatable);
  const info = status.nodeInfo;
  page.write(0, 'System Info:\n');
  page.field(1, 'Machine ID', info?.machineID ?? '');
  page.field(1, 'System UUID', info?.systemUUID ?? '');
  page.field(1, 'Boot ID', info?.bootID ?? '');
  page.field(1, 'Kernel Version', info?.kernelVersion ?? '');
  page.field(1, 'OS Image', info?.osImage ?? '');
  page.field(1, 'Operating System', info?.operatingSystem ?? '');
  page.field(1, 'Architecture', info?.architecture ?? '');
  page.field(1, 'Container Runtime Version', info?.containerRuntimeVersion ?? '');
  page.field(1, 'Kubelet Version', info?.kubeletVersion ?? '');
  page.field(1, 'Kube-Proxy Version', info?.kubeProxyVersion ?? '');
}

function writeAmounts(page: DescribePage, title: string, amounts: Readonly<Record<string, string>> | undefined): void {
  const names = Object.keys(amounts ?? {}).sort();
  if (names.length > 0) page.write(0, `${title}:\n`);
  for (const name of names) page.field(1, name, canonicalQuantity(amounts![name]!));
}

/** Undefined where the caller may not see pods. */
async function podsOn(nodeName: string, context: DescribeContext): Promise<readonly Pod[] | undefined> {
  const fieldSelector = `spec.nodeName=${nodeName},status.phase!=Succeeded,status.phase!=Failed`;
  try {
    return await context.list<Pod>('/api/v1/pods', { fieldSelector });
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'Forbidden') return undefined;
    throw error;
  }
}

/** Controllers report under the node's uid, kubelets under its name. */
async function eventsAbout({ metadata }: Node, context: DescribeContext) {
  const query = { namespace: undefined, name: metadata.name, kind: 'Node' };
  const byUid = await findEvents(context, { ...query, uid: metadata.uid }).catch(() => []);
  const byName = await findEvents(context, { ...query, uid: metadata.name }).catch(() => []);
  return [...byUid, ...byName];
}
