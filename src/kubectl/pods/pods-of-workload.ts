import type { LabelSelector, Pod } from '../../api/generated/types.ts';
import { formatLabelSelector, parseRfc3339 } from '../../api/index.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { objectAt, stringMapAt, type JsonObject } from '../resource/json.ts';
import { resourceVersionOf } from '../resource/unstructured.ts';
import type { ResourceInfo } from '../resource/resource-info.ts';

export type PodOrder = (a: Pod, b: Pod) => number;

const workloads = new Set(['ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController']);

/**
 * The pods behind a workload or a service, the best one first; waits for the first to appear.
 * Upstream: kubectl/pkg/polymorphichelpers/helpers.go
 */
export async function podsOfWorkload(
  invocation: Invocation,
  info: ResourceInfo,
  order: PodOrder,
  timeoutMs: number,
  refusal: string,
): Promise<readonly Pod[]> {
  const labelSelector = selectorOf(info, refusal);
  const pods = await invocation.resource(await invocation.mappingFor('pods'));
  const list = await pods.list(info.namespace, { labelSelector });
  const found = (list['items'] ?? []) as unknown as readonly Pod[];
  if (found.length > 0) return found.toSorted(order);
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, invocation.io.signal]);
  const timer = invocation.io.clock.sleep(timeoutMs, signal).then(
    () => abort.abort(),
    () => undefined,
  );
  try {
    const watch = pods.watch(
      info.namespace,
      { labelSelector, resourceVersion: resourceVersionOf(list) },
      undefined,
      signal,
    );
    for await (const event of watch) {
      if (event.type === 'ADDED' || event.type === 'MODIFIED') return [event.object as unknown as Pod];
    }
  } catch (error) {
    if (!abort.signal.aborted) throw error;
  } finally {
    abort.abort();
    await timer;
  }
  throw new CommandError('timed out waiting for the condition');
}

function selectorOf({ mapping, object, name }: ResourceInfo, refusal: string): string {
  if (mapping.kind === 'Service' && mapping.group === '') {
    const selector = stringMapAt(object, 'spec', 'selector');
    if (Object.keys(selector).length === 0) {
      throw new CommandError(`invalid service '${name}': Service is defined without a selector`);
    }
    return formatLabelSelector({ matchLabels: selector });
  }
  if (!workloads.has(mapping.kind)) {
    const type = `*${mapping.version}.${mapping.kind}`;
    throw new CommandError(`${refusal} ${type}: selector for ${type} not implemented`);
  }
  const selector = objectAt(object as JsonObject, 'spec', 'selector') ?? {};
  const isPlain = mapping.kind === 'ReplicationController';
  return formatLabelSelector((isPlain ? { matchLabels: selector } : selector) as LabelSelector);
}

/** Whose logs are of most interest. Upstream: kubectl/pkg/util/podutils ByLogging */
export const byLogging: PodOrder = (a, b) =>
  compare(Number(!a.spec.nodeName), Number(!b.spec.nodeName)) ||
  compare(phaseRank(a), phaseRank(b)) ||
  compare(Number(!readySince(a)), Number(!readySince(b))) ||
  compare(readySince(a) ?? 0, readySince(b) ?? 0) ||
  compare(restarts(b), restarts(a)) ||
  compare(createdMs(a), createdMs(b));

/** Who is most able to take a command. Upstream: kubectl/pkg/util/podutils ActivePods, reversed */
export const byActivity: PodOrder = (a, b) =>
  compare(Number(!a.spec.nodeName), Number(!b.spec.nodeName)) ||
  compare(phaseRank(a), phaseRank(b)) ||
  compare(Number(!readySince(a)), Number(!readySince(b))) ||
  compare(readySince(a) ?? 0, readySince(b) ?? 0) ||
  compare(restarts(a), restarts(b)) ||
  compare(createdMs(a), createdMs(b));

const compare = (a: number, b: number) => a - b;
const phaseRank = ({ status }: Pod) => ({ Running: 0, Unknown: 1, Pending: 2 })[status.phase ?? ''] ?? 0;
const createdMs = ({ metadata }: Pod) => parseRfc3339(metadata.creationTimestamp) ?? 0;

function readySince({ status }: Pod): number | undefined {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' ? (parseRfc3339(ready.lastTransitionTime ?? '') ?? 0) : undefined;
}

function restarts({ status }: Pod): number {
  return Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}
