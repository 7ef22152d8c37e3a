import type { Pod } from '../../api/generated/types.ts';
import { ApiError, controllerOf, keyOf } from '../../api/index.ts';
import type { KubeObject, ObjectKey } from '../../api/index.ts';
import { pods } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import { Expectations } from './expectations.ts';
import { controllerUids } from './owner-reference.ts';

export interface PodFollower<Owner extends KubeObject> {
  /** The kind of the owners, as pods name it: `Job`. */
  readonly kind: string;
  readonly owners: Informer<Owner>;
  /** A pod of this owner has come, changed or gone. */
  readonly changed: (owner: ObjectKey) => void;
  /** A pod of an owner that is not there any more, though perhaps a namesake of it. */
  readonly leftBehind?: (pod: Pod, namesake: ObjectKey) => void;
}

/**
 * The pods of one kind of owner: found by owner, and watched. What the controller creates and deletes here is expected
 * back through the watch before it counts its pods again.
 */
export class OwnedPods<Owner extends KubeObject> {
  readonly #pods: Informer<Pod>;
  readonly #expectations: Expectations;
  readonly #follower: PodFollower<Owner>;

  constructor({ informers, clock }: ComponentContext, follower: PodFollower<Owner>) {
    this.#pods = informers.informer(pods);
    this.#expectations = new Expectations(clock);
    this.#follower = follower;
  }

  /** Call it once, before the cluster starts. */
  watch(): void {
    this.#pods.addIndex('controller', controllerUids);
    this.#pods.onChange({
      added: (pod) => this.#podChanged(pod, (owner) => this.#expectations.creationsObserved(owner)),
      updated: (pod) =>
        this.#podChanged(pod, (owner) => {
          if (pod.metadata.deletionTimestamp) this.#expectations.deletionObserved(owner, keyOf(pod));
        }),
      deleted: (pod) => this.#podChanged(pod, (owner) => this.#expectations.deletionObserved(owner, keyOf(pod))),
    });
    this.#follower.owners.onChange({ deleted: (owner) => this.#expectations.forget(keyOf(owner)) });
  }

  of({ metadata }: Owner): readonly Pod[] {
    return this.#pods.byIndex('controller', metadata.uid);
  }

  /** Whether everything that was created and deleted for this owner has come back. */
  areSettled(owner: ObjectKey): boolean {
    return this.#expectations.areMet(owner);
  }

  /** Creates one pod for each item. What one throws goes to the caller; the rest are expected no longer. */
  createEach<Item>(owner: Owner, items: readonly Item[], create: (item: Item) => void): void {
    const key = keyOf(owner);
    this.#expectations.raiseCreations(key, items.length);
    let created = 0;
    try {
      for (const item of items) {
        create(item);
        created++;
      }
    } finally {
      this.#expectations.creationsObserved(key, items.length - created);
    }
  }

  /** Deletes each of them; one that is gone already is no error. Throws ApiError for any other refusal. */
  deleteEach(owner: Owner, doomed: readonly Pod[], remove: (pod: Pod) => void): void {
    if (doomed.length === 0) return;
    const key = keyOf(owner);
    this.#expectations.expectDeletions(key, doomed.map(keyOf));
    for (const pod of doomed) {
      try {
        remove(pod);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        this.#expectations.deletionObserved(key, keyOf(pod));
        if (error.reason !== 'NotFound') throw error;
      }
    }
  }

  #podChanged(pod: Pod, observe: (owner: ObjectKey) => void): void {
    const controller = controllerOf(pod);
    if (controller?.kind !== this.#follower.kind) return;
    const key = `${pod.metadata.namespace}/${controller.name}`;
    if (this.#follower.owners.get(key)?.metadata.uid === controller.uid) {
      observe(key);
      this.#follower.changed(key);
    } else this.#follower.leftBehind?.(pod, key);
  }
}
