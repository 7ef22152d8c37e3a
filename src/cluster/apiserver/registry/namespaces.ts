import type { Namespace } from '../../../api/generated/types.ts';
import { checkQualifiedName, invalid, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { addInvalid } from './label-validation.ts';
import { fill, isZero, withField } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** A name that other names live in. Upstream: pkg/registry/core/namespace */
export const namespaces: ResourceDefinition<Namespace> = {
  group: '',
  version: 'v1',
  resource: 'namespaces',
  kind: 'Namespace',
  singular: 'namespace',
  shortNames: ['ns'],
  isNamespaced: false,
  schema: 'io.k8s.api.core.v1.Namespace',
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  nameFormat: 'dns-label',

  defaults: (namespace) => {
    const status = fill(namespace.status ?? {}, { phase: 'Active' }, isZero);
    return withNameLabel(withField(namespace, 'status', status));
  },
  prepareForCreate: (namespace) => {
    const finalizers = namespace.spec?.finalizers ?? [];
    const spec = finalizers.includes(finalizer) ? namespace.spec : { finalizers: [...finalizers, finalizer] };
    // A generated name was not there yet when defaults were filled in.
    return { ...withNameLabel(namespace), spec, status: { phase: 'Active' } };
  },
  prepareForUpdate: (next, old) => {
    const kept = withField(next, 'spec', old.spec);
    return old.status ? withField(kept, 'status', old.status) : kept;
  },
  validate: ({ spec }) => {
    const errors: FieldError[] = [];
    for (const name of spec?.finalizers ?? []) validateFinalizer(errors, name, 'spec.finalizers');
    return errors;
  },
  status: {
    prepareForUpdate: (next, old) => withField(next, 'spec', old.spec),
    validateUpdate: ({ metadata, status }) => {
      const isLeaving = metadata.deletionTimestamp !== undefined;
      const phase = status?.phase ?? '';
      if (phase === (isLeaving ? 'Terminating' : 'Active')) return [];
      const detail = isLeaving
        ? "may only be 'Terminating' if `deletionTimestamp` is not empty"
        : "may only be 'Active' if `deletionTimestamp` is empty";
      return [invalid('status.Phase', phase, detail)];
    },
  },
  subresources: ['finalize'],
  prepareForDelete: (namespace) => ({ ...namespace, status: { ...namespace.status, phase: 'Terminating' } }),
  isReleasedBy: ({ spec }) => (spec?.finalizers?.length ?? 0) === 0,
  selectableFields: { 'status.phase': ({ status }) => status?.phase ?? '' },
  columns: [nameColumn, column('Status', 'string', 'Whether the namespace is in use or on its way out.'), ageColumn],
  row: (namespace, context) => [namespace.metadata.name, namespace.status?.phase ?? '', ageCell(namespace, context)],
};

const finalizer = 'kubernetes';
const nameLabel = 'kubernetes.io/metadata.name';

/** So that selectors of namespaces can name one. */
function withNameLabel(namespace: Namespace): Namespace {
  const { name, labels } = namespace.metadata;
  if (!name || labels?.[nameLabel] === name) return namespace;
  return { ...namespace, metadata: { ...namespace.metadata, labels: { ...labels, [nameLabel]: name } } };
}

const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Also for `/finalize`, which names each entry. Upstream: validateFinalizerName */
export function validateFinalizer(errors: FieldError[], name: string, path: string): void {
  addInvalid(errors, path, name, checkQualifiedName(name));
  if (name.includes('/') || standardFinalizers.includes(name)) return;
  const detail = 'name is neither a standard finalizer name nor is it fully qualified';
  errors.push(invalid(path, name, detail));
}
