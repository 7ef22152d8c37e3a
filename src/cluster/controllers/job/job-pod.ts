import type { Job, Pod, PodTemplateSpec } from '../../../api/generated/types.ts';
import type { Draft } from '../../../api/index.ts';
import { jobs } from '../../apiserver/registry/index.ts';
import { controllerReference } from '../owner-reference.ts';
import { indexAnnotation } from './indexes.ts';

/** Keeps a finished pod until it has been counted. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';

/** A pod for a job; with `index`, it knows which part of the work is its own. */
export function jobPod(job: Job, index: number | undefined): Draft<Pod> {
  const { name, namespace } = job.metadata;
  const template = index === undefined ? job.spec.template : indexedTemplate(job, index);
  const { labels, annotations, finalizers = [] } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace,
      generateName: index === undefined ? `${name}-` : `${name}-${index}-`,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      finalizers: [...finalizers, trackingFinalizer],
      ownerReferences: [controllerReference(job, jobs)],
    },
    spec: template.spec!,
  };
}

function indexedTemplate({ metadata: { name }, spec: { template } }: Job, index: number): PodTemplateSpec {
  const { metadata, spec } = template;
  const fieldPath = `metadata.labels['${indexAnnotation}']`;
  const variable = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { fieldPath } } };
  const withVariable = <C extends { readonly env?: readonly { readonly name: string }[] }>(container: C): C =>
    container.env?.some((other) => other.name === variable.name)
      ? container
      : { ...container, env: [...(container.env ?? []), variable] };
  const own = { [indexAnnotation]: String(index) };
  return {
    metadata: {
      ...metadata,
      labels: { ...metadata?.labels, ...own },
      annotations: { ...metadata?.annotations, ...own },
    },
    spec: {
      ...spec!,
      hostname: `${name}-${index}`,
      containers: spec!.containers.map(withVariable),
      ...(spec!.initContainers && { initContainers: spec!.initContainers.map(withVariable) }),
    },
  };
}
