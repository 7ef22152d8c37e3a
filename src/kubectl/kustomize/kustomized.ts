import { setAt, stringAt, type JsonObject } from '../resource/json.ts';
import { groupVersionKindOf, nameOf, namespaceOf, type GroupVersionKind } from '../resource/unstructured.ts';

/** An object on its way through a build, and what it was called before. Upstream: kustomize/api/resource */
export class Kustomized {
  object: JsonObject;
  /** The end that tells its content is to be added to its name. */
  needsHash: boolean;
  readonly #formerNames: string[] = [];
  readonly #formerNamespaces: string[] = [];
  readonly #formerKinds: string[] = [];

  constructor(object: JsonObject, needsHash = false) {
    this.object = object;
    this.needsHash = needsHash;
  }

  get type(): GroupVersionKind {
    return groupVersionKindOf(this.object);
  }

  get name(): string {
    return nameOf(this.object);
  }

  get namespace(): string {
    return namespaceOf(this.object);
  }

  rename(name: string): void {
    this.#formerNames.push(this.name);
    setAt(this.object, name, 'metadata', 'name');
  }

  moveTo(namespace: string): void {
    this.#formerNamespaces.push(this.namespace);
    setAt(this.object, namespace, 'metadata', 'namespace');
  }

  /** Takes the place of the object; it is still found under what it was called. */
  become(object: JsonObject): void {
    this.#formerNames.push(this.name);
    this.#formerKinds.push(this.type.kind);
    this.object = object;
  }

  /** All names that it had or has, the present one last. */
  get names(): readonly string[] {
    return [...this.#formerNames, this.name];
  }

  wasCalled(name: string): boolean {
    return this.names.includes(name);
  }

  wasIn(namespace: string): boolean {
    return [...this.#formerNamespaces, this.namespace].some((each) => sameNamespace(each, namespace));
  }

  wasOfKind(kind: string): boolean {
    return this.type.kind === kind || this.#formerKinds.includes(kind);
  }

  get labels(): unknown {
    return (this.object['metadata'] as JsonObject | undefined)?.['labels'];
  }

  get annotations(): unknown {
    return (this.object['metadata'] as JsonObject | undefined)?.['annotations'];
  }

  /** `Deployment.v1.apps/web.[noNs]` */
  get id(): string {
    return idText(this.object);
  }
}

export function idText(object: JsonObject): string {
  const { group, version, kind } = groupVersionKindOf(object);
  const type = [kind, version || '[noVer]', group || '[noGrp]'].join('.');
  return `${type}/${nameOf(object)}.${stringAt(object, 'metadata', 'namespace') || '[noNs]'}`;
}

function sameNamespace(a: string, b: string): boolean {
  return (a || 'default') === (b || 'default');
}
