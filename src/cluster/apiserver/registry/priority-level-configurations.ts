import type { PriorityLevelConfiguration, PriorityLevelConfigurationSpec } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { validateConditions } from './flow-control/conditions.ts';
import { validatePriorityLevel } from './flow-control/priority-level-validation.ts';
import { fill, isZero, withField } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from './workload/generation.ts';

/** How many requests of a kind the API server works on at once. Upstream: pkg/registry/flowcontrol/prioritylevelconfiguration */
export const priorityLevelConfigurations: ResourceDefinition<PriorityLevelConfiguration> = {
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  resource: 'prioritylevelconfigurations',
  kind: 'PriorityLevelConfiguration',
  singular: 'prioritylevelconfiguration',
  isNamespaced: false,
  schema: 'io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration',
  defaults: (level) => (level.spec ? withField(level, 'spec', defaultSpec(level.spec)) : level),
  prepareForCreate: asFirstGeneration,
  prepareForUpdate: asNextGeneration,
  validate: ({ metadata, spec, status }) => [
    ...validatePriorityLevel(metadata.name, spec),
    ...validateConditions(status?.conditions),
  ],
  status: { prepareForUpdate: withOldSpec, validateUpdate: ({ status }) => validateConditions(status?.conditions) },
  columns: [
    nameColumn,
    column('Type', 'string', 'Whether requests are limited.'),
    column('NominalConcurrencyShares', 'string', "The level's part of what the server can do at once."),
    column('Queues', 'string', 'How many queues requests wait in.'),
    column('HandSize', 'string', 'How many of the queues one flow may use.'),
    column('QueueLengthLimit', 'string', 'How many requests wait in one queue at most.'),
    ageColumn,
  ],
  row: (level, context) => {
    const { type, limited } = level.spec;
    const queuing = limited?.limitResponse?.queuing;
    return [
      level.metadata.name,
      type,
      limited?.nominalConcurrencyShares ?? '<none>',
      queuing?.queues ?? '<none>',
      queuing?.handSize ?? '<none>',
      queuing?.queueLengthLimit ?? '<none>',
      ageCell(level, context),
    ];
  },
};

/** Upstream: pkg/apis/flowcontrol/v1/defaults.go */
function defaultSpec(given: PriorityLevelConfigurationSpec): PriorityLevelConfigurationSpec {
  let spec = given;
  if (spec.exempt) {
    spec = withField(spec, 'exempt', fill(spec.exempt, { nominalConcurrencyShares: 0, lendablePercent: 0 }));
  }
  if (!spec.limited) return spec;
  let limited = fill(spec.limited, { nominalConcurrencyShares: 30, lendablePercent: 0 });
  const { limitResponse } = limited;
  if (limitResponse?.queuing) {
    const queuing = fill(limitResponse.queuing, { handSize: 8, queues: 64, queueLengthLimit: 50 }, isZero);
    limited = withField(limited, 'limitResponse', withField(limitResponse, 'queuing', queuing));
  }
  return withField(spec, 'limited', limited);
}
