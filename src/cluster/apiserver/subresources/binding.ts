import { ApiError, badRequest, conflict, notSupported, required, type FieldError } from '../../../api/index.ts';
import type { Binding, Pod, PodCondition } from '../../../api/generated/types.ts';
import { withFields } from '../../../api/with-fields.ts';
import { goQuote } from '../../../api/json.ts';
import type { ResourceStore } from '../rest/resource-store.ts';
import type { WriteOptions } from '../rest/write-options.ts';

/**
 * Puts a pod on a node, once and for all.
 * Upstream: pkg/registry/core/pod/storage/storage.go (BindingREST)
 */
export function bindPod(
  pods: ResourceStore<Pod>,
  namespace: string,
  name: string,
  binding: Binding,
  options: WriteOptions,
): void {
  const { target, metadata } = binding;
  if (metadata.name && metadata.name !== name) throw badRequest('name in URL does not match name in Binding object');
  checkTarget(target);
  const pod = pods.get(namespace, name);
  const refuse = (why: string): ApiError => conflict({ group: '', resource: 'pods/binding' }, name, why);
  if (metadata.uid && metadata.uid !== pod.metadata.uid) {
    const failure = `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${pod.metadata.uid}`;
    const key = `${pods.collection.prefix}${namespace}/${name}`;
    const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${failure}`;
    throw conflict(pods.definition, name, why);
  }
  if (pod.metadata.deletionTimestamp !== undefined) {
    throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  }
  if (pod.spec?.nodeName) throw refuse(`pod ${name} is already assigned to node ${goQuote(pod.spec.nodeName)}`);
  if (pod.spec?.schedulingGates?.length) throw refuse(`pod ${name} has non-empty .spec.schedulingGates`);
  pods.replace(pod, bound(pod, binding, options.context.now), options);
}

function bound(pod: Pod, { target, metadata }: Binding, now: string): Pod {
  const annotations = { ...pod.metadata.annotations, ...metadata.annotations };
  const labels = { ...pod.metadata.labels, ...metadata.labels };
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      ...(metadata.annotations && { annotations }),
      ...(metadata.labels && { labels }),
    },
    spec: withFields(pod.spec!, { nodeName: target.name! }),
    status: withFields(pod.status, { conditions: withScheduled(pod.status?.conditions ?? [], pod, now) }),
  };
}

function withScheduled(conditions: readonly PodCondition[], pod: Pod, now: string): readonly PodCondition[] {
  const known = conditions.find(({ type }) => type === 'PodScheduled');
  const { generation } = pod.metadata;
  const scheduled: PodCondition = {
    type: 'PodScheduled',
    status: 'True',
    lastTransitionTime: known?.status === 'True' ? (known.lastTransitionTime ?? now) : now,
    ...(generation !== undefined && { observedGeneration: generation }),
  };
  return known
    ? conditions.map((condition) => (condition === known ? scheduled : condition))
    : [...conditions, scheduled];
}

function checkTarget(target: Binding['target'] | undefined): void {
  const errors: FieldError[] = [];
  if (target?.kind && target.kind !== 'Node')
    errors.push(notSupported('target.kind', target.kind, ['Node', '<empty>']));
  if (!target?.name) errors.push(required('target.name'));
  if (errors.length === 0) return;
  // Upstream answers with the bare list of field errors, which makes it an internal error.
  const texts = errors.map(({ field, body }) => `${field}: ${body}`);
  throw new ApiError(500, '', texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`);
}
