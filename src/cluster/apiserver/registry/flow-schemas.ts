import type { FlowSchema } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { validateConditions } from './flow-control/conditions.ts';
import { validateFlowSchemaSpec } from './flow-control/flow-schema-validation.ts';
import { isZero, fill, withField } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from './workload/generation.ts';

/** Which requests belong to which level of priority. Upstream: pkg/registry/flowcontrol/flowschema */
export const flowSchemas: ResourceDefinition<FlowSchema> = {
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  resource: 'flowschemas',
  kind: 'FlowSchema',
  singular: 'flowschema',
  isNamespaced: false,
  schema: 'io.k8s.api.flowcontrol.v1.FlowSchema',
  defaults: (schema) =>
    schema.spec ? withField(schema, 'spec', fill(schema.spec, { matchingPrecedence: 1000 }, isZero)) : schema,
  prepareForCreate: asFirstGeneration,
  prepareForUpdate: asNextGeneration,
  validate: ({ metadata, spec, status }) => [
    ...validateFlowSchemaSpec(metadata.name, spec),
    ...validateConditions(status?.conditions),
  ],
  status: { prepareForUpdate: withOldSpec, validateUpdate: ({ status }) => validateConditions(status?.conditions) },
  columns: [
    nameColumn,
    column('PriorityLevel', 'string', 'The level that the requests belong to.'),
    column('MatchingPrecedence', 'string', 'Lower comes first when several schemas match.'),
    column('DistinguisherMethod', 'string', 'What tells one flow of requests from another.'),
    ageColumn,
    column('MissingPL', 'string', 'Whether the level does not exist.'),
  ],
  row: (schema, context) => {
    const { spec, status } = schema;
    return [
      schema.metadata.name,
      spec.priorityLevelConfiguration?.name ?? '',
      spec.matchingPrecedence ?? 0,
      spec.distinguisherMethod?.type ?? '<none>',
      ageCell(schema, context),
      status?.conditions?.find(({ type }) => type === 'Dangling')?.status ?? '?',
    ];
  },
};
