import type { PodNetwork } from '../../network/index.ts';
import type { Container } from './container.ts';
import type { PodRecord } from './container-record.ts';

/** The sandbox of a pod and the containers in it, as the runtime keeps them. */
export class PodRuntime implements PodRecord {
  network: PodNetwork | undefined;
  sandboxes = 0;
  readonly #containers = new Map<string, { readonly latest: Container; readonly previous: Container | undefined }>();

  get podIP(): string | undefined {
    return this.network?.podIP;
  }

  latest(name: string): Container | undefined {
    return this.#containers.get(name)?.latest;
  }

  previous(name: string): Container | undefined {
    return this.#containers.get(name)?.previous;
  }

  /** A new container takes the place of the one before it, which is kept for its log and exit code. */
  add(container: Container): void {
    this.#containers.set(container.name, { latest: container, previous: this.latest(container.name) });
  }

  /** Those that run now, in the order in which they were first made. */
  get running(): readonly Container[] {
    return [...this.#containers.values()].map(({ latest }) => latest).filter(({ state }) => state === 'running');
  }

  get all(): readonly Container[] {
    return [...this.#containers.values()].map(({ latest }) => latest);
  }
}
