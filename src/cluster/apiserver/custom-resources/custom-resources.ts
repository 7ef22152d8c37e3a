import type { CustomResourceDefinition } from '../../../api/generated/types.ts';
import { jsonEqual, type KubeObject, type ObjectSchema } from '../../../api/index.ts';
import type { CollectionView } from '../../store/index.ts';
import type { FieldLedger } from '../managed-fields/field-ledger.ts';
import { isConditionTrue } from './conditions.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { ResourceStore, type ResourceStoreParts } from '../rest/resource-store.ts';
import { customCode } from './custom-code.ts';
import { VersionedCollection } from './versioned-collection.ts';
import { compareVersions } from './versions.ts';

export interface CustomResourcesParts {
  readonly definitions: CollectionView<CustomResourceDefinition>;
  readonly collectionOf: (definition: ResourceDefinition) => CollectionView;
  readonly storeParts: ResourceStoreParts;
  readonly ledger: FieldLedger;
  /** The type of `metadata`. */
  readonly metadata: ObjectSchema;
  /** Hears when what is served has changed. */
  readonly onChange: () => void;
}

interface Served {
  readonly crd: CustomResourceDefinition;
  readonly isDiscoverable: boolean;
  readonly versions: ReadonlyMap<string, ResourceStore>;
  readonly storage: ResourceStore;
}

/**
 * The custom resources that are served: those whose definitions are accepted.
 * Upstream: apiextensions-apiserver/pkg/apiserver/customresource_handler.go, customresource_discovery_controller.go
 */
export class CustomResources {
  readonly #parts: CustomResourcesParts;
  /** By the name of the definition: `widgets.example.com`. */
  readonly #served = new Map<string, Served>();

  constructor(parts: CustomResourcesParts) {
    this.#parts = parts;
    for (const crd of parts.definitions.list().objects) this.#follow(crd);
    parts.definitions.watch(({ type, object }) => {
      const hasChanged = type === 'DELETED' ? this.#served.delete(object.metadata.name) : this.#follow(object);
      if (hasChanged) parts.onChange();
    });
  }

  find(group: string, resource: string, version: string): ResourceStore | undefined {
    const store = this.#served.get(`${resource}.${group}`)?.versions.get(version);
    return store && this.#isServed(store) ? store : undefined;
  }

  /** The store of the version in which objects are kept. */
  storageOf(group: string, resource: string): ResourceStore | undefined {
    return this.#served.get(`${resource}.${group}`)?.storage;
  }

  /** Each in the version in which its objects are kept. */
  get stored(): readonly ResourceDefinition[] {
    return [...this.#served.values()].map(({ storage }) => storage.definition);
  }

  /** What discovery tells, the preferred version of a resource first. */
  get discoverable(): readonly ResourceDefinition[] {
    return [...this.#served.values()]
      .filter(({ isDiscoverable }) => isDiscoverable)
      .flatMap(({ versions }) => [...versions.values()])
      .filter((store) => this.#isServed(store))
      .map(({ definition }) => definition)
      .toSorted((a, b) => compareText(a.group, b.group) || compareVersions(a.version, b.version));
  }

  #isServed({ definition }: ResourceStore): boolean {
    const crd = this.#served.get(`${definition.resource}.${definition.group}`)?.crd;
    return crd?.spec.versions.some(({ name, served }) => name === definition.version && served) ?? false;
  }

  /** Whether what is served has changed. */
  #follow(crd: CustomResourceDefinition): boolean {
    const { name } = crd.metadata;
    const isDiscoverable = isConditionTrue(crd, 'Established');
    if (!isDiscoverable && !isConditionTrue(crd, 'NamesAccepted')) return this.#served.delete(name);
    const known = this.#served.get(name);
    if (known && isSameService(known.crd, crd)) return false;
    const versions = new Map<string, ResourceStore>();
    for (const version of crd.spec.versions) versions.set(version.name, this.#storeFor(crd, version.name));
    const storage = versions.get(crd.spec.versions.find((version) => version.storage)!.name)!;
    this.#served.set(name, { crd, isDiscoverable, versions, storage });
    return true;
  }

  #storeFor(crd: CustomResourceDefinition, versionName: string): ResourceStore {
    const { metadata, collectionOf, storeParts, ledger } = this.#parts;
    const { customResource, readStored } = customCode.code;
    const version = crd.spec.versions.find(({ name }) => name === versionName)!;
    const storage = crd.spec.versions.find((one) => one.storage)!;
    const definition = customResource(crd, version, metadata);
    const schema = version.schema?.openAPIV3Schema;
    const keepsUnknown = crd.spec.preserveUnknownFields ?? false;
    const stored = { ...definition, version: storage.name };
    const storedAs = `${crd.spec.group}/${storage.name}`;
    const storageSchema = storage.schema?.openAPIV3Schema;
    const collection = new VersionedCollection<KubeObject>(collectionOf(definition), {
      read: (kept) => {
        const shown = readStored(kept, definition, schema, keepsUnknown);
        ledger.inherit(shown, kept);
        return shown;
      },
      write: (object) =>
        object.apiVersion === storedAs ? object : readStored(object, stored, storageSchema, keepsUnknown),
    });
    return new ResourceStore(definition, collection, storeParts);
  }
}

function isSameService(known: CustomResourceDefinition, crd: CustomResourceDefinition): boolean {
  return (
    jsonEqual(known.spec, crd.spec) &&
    jsonEqual(known.status.acceptedNames, crd.status.acceptedNames) &&
    ['Established', 'NamesAccepted', 'Terminating'].every(
      (type) => isConditionTrue(known, type) === isConditionTrue(crd, type),
    )
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
