import type { ControllerRevision, PodTemplateSpec } from '../../api/generated/types.ts';
import { ApiError } from '../../api/index.ts';
import type { KubeObject } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { controllerRevisions } from '../apiserver/registry/index.ts';
import type { ResourceDefinition } from '../apiserver/resource-definition.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import { templateHash } from './deployment/template-hash.ts';
import { controllerReference } from './owner-reference.ts';

export const revisionHashLabel = 'controller-revision-hash';

export interface RevisionHistory {
  readonly current: ControllerRevision;
  /** Oldest first. */
  readonly older: readonly ControllerRevision[];
}

/**
 * The versions of a template that a DaemonSet or StatefulSet has had, kept as ControllerRevisions.
 * Upstream: pkg/controller/history
 */
export class RevisionHistories {
  readonly #cache: Informer<ControllerRevision>;
  readonly #client: ResourceClient<ControllerRevision>;

  constructor(context: ComponentContext) {
    this.#cache = context.informers.informer(controllerRevisions);
    this.#client = context.client.resource(controllerRevisions);
    this.#cache.addIndex('controller', ({ metadata }) =>
      (metadata.ownerReferences ?? []).filter(({ controller }) => controller).map(({ uid }) => uid),
    );
  }

  /** Makes sure that the newest revision is the template's. Throws AlreadyExists when its name is taken by another. */
  sync(
    owner: KubeObject,
    definition: Pick<ResourceDefinition, 'group' | 'version' | 'kind'>,
    template: PodTemplateSpec,
    collisionCount: number | undefined,
  ): RevisionHistory {
    const data = { spec: { template: { ...template, $patch: 'replace' } } };
    const known = this.#stored(owner).toSorted((a, b) => a.revision - b.revision);
    const newest = (known.at(-1)?.revision ?? 0) + 1;
    const equal = known.findLast((revision) => jsonEqual(revision.data, data));
    if (!equal)
      return { current: this.#create(owner, definition, data, template, newest, collisionCount), older: known };
    const older = known.filter((revision) => revision !== equal);
    if (equal.revision === newest - 1) return { current: equal, older };
    // Back to an old version: it becomes the newest again.
    const { namespace = '', name } = equal.metadata;
    const current = this.#client.modify(namespace, name, (fresh) => ({ ...fresh, revision: newest })) ?? equal;
    return { current, older };
  }

  /** Deletes the oldest that are not in use, beyond `limit`. */
  trim({ older }: RevisionHistory, limit: number, isInUse: (revision: ControllerRevision) => boolean): void {
    const free = older.filter((revision) => !isInUse(revision));
    for (const { metadata } of free.slice(0, Math.max(0, free.length - limit))) {
      try {
        this.#client.delete(metadata.namespace ?? '', metadata.name);
      } catch (error) {
        if (!(error instanceof ApiError && error.reason === 'NotFound')) throw error;
      }
    }
  }

  /** By way of the cache, but as they are stored: it may be behind our own writes. */
  #stored(owner: KubeObject): readonly ControllerRevision[] {
    return this.#cache
      .byIndex('controller', owner.metadata.uid)
      .map(({ metadata }) => this.#client.get(metadata.namespace ?? '', metadata.name))
      .filter((revision) => revision !== undefined);
  }

  #create(
    owner: KubeObject,
    definition: Pick<ResourceDefinition, 'group' | 'version' | 'kind'>,
    data: unknown,
    template: PodTemplateSpec,
    revision: number,
    collisionCount: number | undefined,
  ): ControllerRevision {
    const hash = templateHash(template, collisionCount);
    const { namespace = '', name: ownerName, annotations } = owner.metadata;
    const name = `${ownerName}-${hash}`;
    try {
      return this.#client.create({
        apiVersion: 'apps/v1',
        kind: 'ControllerRevision',
        metadata: {
          name,
          namespace,
          labels: { ...template.metadata?.labels, [revisionHashLabel]: hash },
          ...(annotations && { annotations }),
          ownerReferences: [controllerReference(owner, definition)],
        },
        data,
        revision,
      });
    } catch (error) {
      const taken = this.#client.get(namespace, name);
      if (taken && jsonEqual(taken.data, data)) return taken;
      throw error;
    }
  }
}
