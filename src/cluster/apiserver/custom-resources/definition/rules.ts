import type { CustomResourceDefinition, CustomResourceDefinitionSpec } from '../../../../api/generated/types.ts';
import { jsonEqual } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { fill, isZero, withField } from '../../registry/share.ts';
import { createdAtColumn, nameColumn } from '../../registry/table.ts';
import { cleanupFinalizer } from '../cleanup-finalizer.ts';
import { findCondition, withCondition } from '../conditions.ts';
import { validateNames } from './names-validation.ts';
import { unknownFormats } from './unknown-formats.ts';
import { validateDefinition, validateDefinitionUpdate } from './validation.ts';

/** What a CustomResourceDefinition has to look like. */
export const customResourceDefinitionRules: ResourceRules<CustomResourceDefinition> = {
  defaults: (crd) => withField(crd, 'spec', withDefaults(crd.spec)),
  prepareForCreate: (crd) => ({
    ...crd,
    metadata: { ...crd.metadata, generation: 1 },
    status: { storedVersions: storageVersions(crd) },
  }),
  prepareForUpdate: (next, old) => {
    const generation = (old.metadata.generation ?? 0) + (jsonEqual(next.spec, old.spec) ? 0 : 1);
    const { storedVersions = [] } = old.status;
    const added = storageVersions(next).filter((version) => !storedVersions.includes(version));
    const status = added.length > 0 ? { ...old.status, storedVersions: [...storedVersions, ...added] } : old.status;
    return { ...next, metadata: { ...next.metadata, generation }, status };
  },
  validateCreate: (crd) => validateDefinition(crd),
  validateUpdate: (next, old) => validateDefinitionUpdate(next, old),
  warnings: (next, old) => {
    const before = old ? unknownFormats(old) : [];
    return unknownFormats(next)
      .filter((format) => !before.includes(format))
      .map((format) => `unrecognized format ${JSON.stringify(format)}`);
  },
  status: {
    // Finalizers go this way too.
    prepareForUpdate: (next, old) => ({ ...next, spec: old.spec }),
    validateUpdate: ({ status }) => validateNames(status.acceptedNames ?? {}, 'status.acceptedNames'),
  },
  // The first delete only announces that the objects will go.
  isReleasedBy: (_next, old) => old.metadata.deletionTimestamp !== undefined,
  prepareForDelete: startTerminating,
  columns: [nameColumn, createdAtColumn],
  row: ({ metadata }) => [metadata.name, metadata.creationTimestamp],
};

function withDefaults(spec: CustomResourceDefinitionSpec): CustomResourceDefinitionSpec {
  const { kind } = spec.names;
  const names = fill(spec.names, { singular: kind.toLowerCase(), ...(kind && { listKind: `${kind}List` }) }, isZero);
  const conversion = withPort(spec.conversion ?? { strategy: 'None' });
  return withField(withField(spec, 'names', names), 'conversion', conversion);
}

function withPort(
  conversion: NonNullable<CustomResourceDefinitionSpec['conversion']>,
): NonNullable<CustomResourceDefinitionSpec['conversion']> {
  const { webhook } = conversion;
  const service = webhook?.clientConfig?.service;
  if (!webhook || !service || service.port !== undefined) return conversion;
  return {
    ...conversion,
    webhook: { ...webhook, clientConfig: { ...webhook.clientConfig, service: { ...service, port: 443 } } },
  };
}

function storageVersions({ spec }: CustomResourceDefinition): readonly string[] {
  return spec.versions
    .filter(({ storage }) => storage)
    .slice(0, 1)
    .map(({ name }) => name);
}

function startTerminating(crd: CustomResourceDefinition): CustomResourceDefinition {
  if (findCondition(crd, 'Terminating')) return crd;
  const { deletionGracePeriodSeconds: _, finalizers = [], ...metadata } = crd.metadata;
  const all = finalizers.includes(cleanupFinalizer) ? finalizers : [...finalizers, cleanupFinalizer];
  const condition = {
    type: 'Terminating',
    status: 'True',
    reason: 'InstanceDeletionPending',
    message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  };
  const marked = withCondition(crd, condition, metadata.deletionTimestamp!);
  return { ...marked, metadata: { ...metadata, finalizers: all } };
}
