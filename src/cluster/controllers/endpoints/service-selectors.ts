import type { Pod, Service } from '../../../api/generated/types.ts';
import { keyOf } from '../../../api/index.ts';
import type { ObjectKey } from '../../../api/index.ts';
import { matchesLabels, queryFromLabels } from '../../../api/selectors/label-selector.ts';
import type { LabelQuery } from '../../../api/selectors/label-selector.ts';

/** Which services select a pod, found through one label of each selector instead of by trying all services. */
export class ServiceSelectors {
  readonly #byLabel = new Map<string, Map<ObjectKey, LabelQuery>>();
  readonly #labelOf = new Map<ObjectKey, string>();

  set(service: Service): void {
    const key = keyOf(service);
    this.delete(key);
    const query = queryFromLabels(service.spec.selector);
    const first = query[0];
    if (!first) return;
    const label = labelKey(service.metadata.namespace, first.key, first.values[0]!);
    this.#labelOf.set(key, label);
    let services = this.#byLabel.get(label);
    if (!services) this.#byLabel.set(label, (services = new Map()));
    services.set(key, query);
  }

  delete(key: ObjectKey): void {
    const label = this.#labelOf.get(key);
    if (label === undefined) return;
    this.#labelOf.delete(key);
    const services = this.#byLabel.get(label);
    services?.delete(key);
    if (services?.size === 0) this.#byLabel.delete(label);
  }

  servicesOf({ metadata }: Pod): readonly ObjectKey[] {
    const keys: ObjectKey[] = [];
    for (const label in metadata.labels) {
      const services = this.#byLabel.get(labelKey(metadata.namespace, label, metadata.labels[label]!));
      if (!services) continue;
      for (const [key, query] of services) if (matchesLabels(query, metadata.labels)) keys.push(key);
    }
    return keys;
  }
}

function labelKey(namespace: string | undefined, key: string, value: string): string {
  return `${namespace}|${key}=${value}`;
}
