import type { ClusterRoleBinding, RbacV1Subject, RoleBinding } from '../../../../api/generated/types.ts';
import type { Collection, StoredEvent } from '../../../store/index.ts';
import type { UserInfo } from '../../resource-definition.ts';
import { serviceAccountOf } from '../service-account-user.ts';

export type Binding = ClusterRoleBinding | RoleBinding;

/** A binding, and the subject in it by which somebody has it. */
export interface HeldBinding {
  readonly binding: Binding;
  readonly subject: RbacV1Subject;
}

const noBindings: ReadonlyMap<string, HeldBinding> = new Map();

/**
 * Finds the bindings of a user: by place (a namespace, or '' for the whole cluster), then by subject. A change of a
 * binding costs its own subjects, a question the bindings that the user has.
 * Upstream: AppliesTo in pkg/registry/rbac/validation/rule.go looks through all of them.
 */
export class BindingIndex {
  readonly #bySubject = new Map<string, Map<string, HeldBinding>>();

  constructor(clusterRoleBindings: Collection<ClusterRoleBinding>, roleBindings: Collection<RoleBinding>) {
    this.#follow(clusterRoleBindings);
    this.#follow(roleBindings);
  }

  /** The bindings of a user in one place, each once, ordered by name. */
  bindingsOf(user: UserInfo, namespace: string): readonly HeldBinding[] {
    const found = new Map<string, HeldBinding>();
    for (const key of keysOf(user)) {
      for (const [name, held] of this.#bySubject.get(`${namespace}\n${key}`) ?? noBindings) {
        if (!found.has(name)) found.set(name, held);
      }
    }
    if (found.size < 2) return [...found.values()];
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, held]) => held);
  }

  #follow<T extends Binding>(bindings: Collection<T>): void {
    for (const binding of bindings.list().objects) this.#add(binding);
    bindings.watch(({ type, object, previous }: StoredEvent<T>) => {
      if (previous) this.#remove(previous);
      if (type !== 'DELETED') this.#add(object);
    });
  }

  #add(binding: Binding): void {
    for (const [key, subject] of subjectsOf(binding)) {
      let held = this.#bySubject.get(key);
      if (!held) this.#bySubject.set(key, (held = new Map()));
      if (!held.has(binding.metadata.name)) held.set(binding.metadata.name, { binding, subject });
    }
  }

  #remove(binding: Binding): void {
    for (const [key] of subjectsOf(binding)) {
      const held = this.#bySubject.get(key);
      held?.delete(binding.metadata.name);
      if (held?.size === 0) this.#bySubject.delete(key);
    }
  }
}

function subjectsOf({ metadata, subjects = [] }: Binding): [key: string, subject: RbacV1Subject][] {
  const place = metadata.namespace ?? '';
  return subjects.map((subject) => {
    // A service account without a namespace is one of the binding's own.
    const owner = subject.kind === 'ServiceAccount' ? `${subject.namespace || place}/` : '';
    return [`${place}\n${subject.kind}\n${owner}${subject.name}`, subject];
  });
}

function keysOf({ name, groups }: UserInfo): string[] {
  const keys = [`User\n${name}`, ...groups.map((group) => `Group\n${group}`)];
  const account = serviceAccountOf(name);
  if (account) keys.push(`ServiceAccount\n${account.namespace}/${account.name}`);
  return keys;
}
