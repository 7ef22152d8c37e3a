import type { Pod, PodTemplateSpec } from '../../api/generated/types.ts';
import { ApiError } from '../../api/index.ts';
import type { Draft, KubeObject, OwnerReference } from '../../api/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { pods } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';

/**
 * Creates and deletes the pods of a controller and says so in Events about their owner.
 * Upstream: pkg/controller/controller_utils.go RealPodControl
 */
export class PodControl {
  readonly #pods: ResourceClient<Pod>;
  readonly #context: ComponentContext;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#pods = context.client.resource(pods);
  }

  /** Throws ApiError, after the Event. A namespace that is going away is no event. */
  create(template: PodTemplateSpec, owner: KubeObject, reference: OwnerReference): Pod {
    return this.createDraft(podFromTemplate(template, owner, reference), owner);
  }

  createDraft(draft: Draft<Pod>, owner: KubeObject): Pod {
    try {
      const pod = this.#pods.create(draft);
      this.#context.events.record(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      return pod;
    } catch (error) {
      if (error instanceof ApiError && !isNamespaceTerminating(error)) {
        this.#context.events.record(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
      }
      throw error;
    }
  }

  /** Throws ApiError, after the Event; a pod that is gone already is no event. */
  delete(pod: Pod, owner: KubeObject): void {
    const { namespace = '', name } = pod.metadata;
    try {
      this.#pods.delete(namespace, name);
    } catch (error) {
      if (error instanceof ApiError && error.reason !== 'NotFound') {
        this.#context.events.record(owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`);
      }
      throw error;
    }
    this.#context.events.record(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
  }
}

export function isNamespaceTerminating(error: ApiError): boolean {
  return error.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating') ?? false;
}

function podFromTemplate(template: PodTemplateSpec, owner: KubeObject, reference: OwnerReference): Draft<Pod> {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: owner.metadata.namespace,
      generateName: `${owner.metadata.name}-`,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
      ownerReferences: [reference],
    },
    spec: template.spec!,
  };
}
