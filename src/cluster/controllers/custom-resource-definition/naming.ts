import type { CustomResourceDefinition, CustomResourceDefinitionNames } from '../../../api/generated/types.ts';
import { jsonEqual } from '../../../api/index.ts';
import { rfc3339 } from '../../../api/time.ts';
import { customResourceDefinitions } from '../../apiserver/registry/index.ts';
import { findCondition, withCondition } from '../../apiserver/custom-resources/conditions.ts';
import type { ResourceClient } from '../../informers/api-client.ts';
import type { ComponentContext } from '../../informers/component-context.ts';
import type { WorkQueue } from '../../informers/work-queue.ts';

/**
 * Gives custom resources the names that they ask for, unless others of their group have them.
 * Upstream: apiextensions-apiserver/pkg/controller/status/naming_controller.go
 */
export function startNamingController(context: ComponentContext): void {
  const controller = new NamingController(context);
  context.informers.informer(customResourceDefinitions).onChange({
    added: (crd) => controller.enqueue(crd.metadata.name),
    updated: (crd) => controller.enqueue(crd.metadata.name),
    deleted: (crd) => controller.reconsiderOthers(crd),
  });
}

class NamingController {
  readonly #context: ComponentContext;
  readonly #client: ResourceClient<CustomResourceDefinition>;
  readonly #queue: WorkQueue;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#client = context.client.resource(customResourceDefinitions);
    this.#queue = context.queue({ reconcile: (name) => this.#reconcile(name), workers: 1 });
  }

  enqueue(name: string): void {
    this.#queue.add(name);
  }

  /** A name may have become free. */
  reconsiderOthers({ metadata, spec }: CustomResourceDefinition): void {
    for (const other of this.#ofGroup(spec.group)) {
      if (other.metadata.name !== metadata.name) this.#queue.add(other.metadata.name);
    }
  }

  #reconcile(name: string): void {
    const crd = this.#client.get('', name);
    if (!crd || jsonEqual(crd.spec.names, crd.status.acceptedNames ?? {})) return;
    const { names, problem } = accept(crd, this.#ofGroup(crd.spec.group));
    const now = rfc3339(this.#context.clock.nowMs);
    const accepted = problem
      ? { status: 'False', ...problem }
      : { status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
    const old = findCondition(crd, 'NamesAccepted');
    const isKnown =
      old?.status === accepted.status && old.reason === accepted.reason && old.message === accepted.message;
    if (isKnown && jsonEqual(names, crd.status.acceptedNames)) return;
    const written = this.#client.modifyStatus('', name, (fresh) => {
      const named = { ...fresh, status: { ...fresh.status, acceptedNames: names } };
      return withEstablishing(withCondition(named, { type: 'NamesAccepted', ...accepted }, now), !problem, now);
    });
    if (written) this.reconsiderOthers(written);
  }

  #ofGroup(group: string): readonly CustomResourceDefinition[] {
    return this.#client.list().filter(({ spec }) => spec.group === group);
  }
}

function withEstablishing(crd: CustomResourceDefinition, areAccepted: boolean, now: string): CustomResourceDefinition {
  const old = findCondition(crd, 'Established');
  if (old?.status === 'True') return crd;
  const installing = { status: 'False', reason: 'Installing', message: 'the initial names have been accepted' };
  const refused = { status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' };
  if (old && !areAccepted) return crd;
  return withCondition(crd, { type: 'Established', ...(areAccepted ? installing : refused) }, now);
}

interface Acceptance {
  readonly names: CustomResourceDefinitionNames;
  readonly problem?: { readonly reason: string; readonly message: string };
}

function accept({ spec, status }: CustomResourceDefinition, group: readonly CustomResourceDefinition[]): Acceptance {
  const asked = spec.names;
  const own: Partial<CustomResourceDefinitionNames> = status.acceptedNames ?? {};
  const taken = group.map((crd) => crd.status.acceptedNames ?? ({} as Partial<CustomResourceDefinitionNames>));
  const resources = new Set(
    taken.flatMap(({ plural, singular, shortNames = [] }) => [plural, singular, ...shortNames]),
  );
  const kinds = new Set(taken.flatMap(({ kind, listKind }) => [kind, listKind]));
  const names: { -readonly [K in keyof CustomResourceDefinitionNames]?: CustomResourceDefinitionNames[K] } = { ...own };
  let problem: Acceptance['problem'];
  const inUse = (name: string): string => `${JSON.stringify(name)} is already in use`;
  const take = (field: 'plural' | 'singular' | 'kind' | 'listKind', used: ReadonlySet<string | undefined>): void => {
    const name = asked[field] ?? '';
    if (name === (own[field] ?? '') || !used.has(name)) names[field] = name;
    else problem = { reason: `${field[0]!.toUpperCase()}${field.slice(1)}Conflict`, message: inUse(name) };
  };
  take('plural', resources);
  take('singular', resources);
  const shortNames = asked.shortNames ?? [];
  const lost = shortNames.filter((name) => !own.shortNames?.includes(name) && resources.has(name)).map(inUse);
  if (lost.length > 0) {
    problem = { reason: 'ShortNamesConflict', message: lost.length === 1 ? lost[0]! : `[${lost.join(', ')}]` };
  } else if (asked.shortNames) names.shortNames = shortNames;
  else delete names.shortNames;
  take('kind', kinds);
  take('listKind', kinds);
  if (asked.categories) names.categories = asked.categories;
  else delete names.categories;
  return { names: { kind: '', plural: '', ...names }, ...(problem && { problem }) };
}
