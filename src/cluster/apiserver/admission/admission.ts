import type { KubeObject } from '../../../api/index.ts';
import type { ResourceDefinition, UserInfo } from '../resource-definition.ts';

type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** What a request is about to do. */
export interface Attributes<T extends KubeObject = KubeObject> {
  readonly operation: Operation;
  readonly definition: ResourceDefinition<T>;
  /** Empty for the object itself. */
  readonly subresource: string;
  readonly namespace: string;
  /** Empty when it is still to be generated. */
  readonly name: string;
  readonly object?: T;
  readonly old?: T | undefined;
  readonly user: UserInfo;
  readonly isDryRun: boolean;
  /** Takes the text of a `Warning:` header. */
  warn?(text: string): void;
}

/**
 * One admission plugin. Refusals are thrown ApiErrors.
 * Upstream: apiserver/pkg/admission/interfaces.go
 */
export interface AdmissionPlugin {
  readonly name: string;
  /** Whether it has anything to do with such requests; asked once for each combination. */
  handles(definition: ResourceDefinition, operation: Operation, subresource: string): boolean;
  /** May change the object. */
  admit?(object: KubeObject, attributes: Attributes): KubeObject;
  /** Sees the object as it will be stored; for DELETE the one that is stored. */
  validate?(object: KubeObject | undefined, attributes: Attributes): void;
}

interface Chain {
  readonly admitters: readonly AdmissionPlugin[];
  readonly validators: readonly AdmissionPlugin[];
}

/** The plugins in their order. */
export class Admission {
  readonly #plugins: readonly AdmissionPlugin[];
  readonly #chains = new Map<object, Map<string, Chain>>();

  constructor(plugins: readonly AdmissionPlugin[]) {
    this.#plugins = plugins;
  }

  admit<T extends KubeObject>(object: T, attributes: Attributes<T>): T {
    let admitted: KubeObject = object;
    const plain = attributes as unknown as Attributes;
    for (const plugin of this.#chain(plain).admitters) admitted = plugin.admit!(admitted, plain);
    return admitted as T;
  }

  validate<T extends KubeObject>(object: T | undefined, attributes: Attributes<T>): void {
    const plain = attributes as unknown as Attributes;
    for (const plugin of this.#chain(plain).validators) plugin.validate!(object, plain);
  }

  #chain({ definition, operation, subresource }: Attributes): Chain {
    let chains = this.#chains.get(definition);
    if (!chains) this.#chains.set(definition, (chains = new Map()));
    const key = `${operation} ${subresource}`;
    let chain = chains.get(key);
    if (!chain) {
      const handling = this.#plugins.filter((plugin) => plugin.handles(definition, operation, subresource));
      chain = {
        admitters: handling.filter((plugin) => plugin.admit),
        validators: handling.filter((plugin) => plugin.validate),
      };
      chains.set(key, chain);
    }
    return chain;
  }
}
