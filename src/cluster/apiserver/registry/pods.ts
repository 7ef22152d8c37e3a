import type { Pod } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { warningsForPod } from './pod-spec/warnings.ts';
import { defaultPod } from './pod/defaults.ts';
import { podColumns, podRow } from './pod/row.ts';
import { validatePodStatus } from './pod/status-validation.ts';
import { podGracePeriod, preparePodForCreate, preparePodForUpdate, preparePodStatus } from './pod/strategy.ts';
import { validatePodUpdate } from './pod/update-validation.ts';
import { validatePod, validatePodCreate } from './pod/validation.ts';

/** The smallest thing that runs. Upstream: pkg/registry/core/pod */
export const pods: ResourceDefinition<Pod> = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.Pod',

  defaults: defaultPod,
  prepareForCreate: preparePodForCreate,
  prepareForUpdate: preparePodForUpdate,
  validate: validatePod,
  validateCreate: validatePodCreate,
  validateUpdate: validatePodUpdate,
  warnings: (next, old) => (old ? [] : warningsForPod(next)),
  status: { prepareForUpdate: preparePodStatus, validateUpdate: validatePodStatus },
  subresources: [
    'attach',
    'binding',
    'ephemeralcontainers',
    'eviction',
    'exec',
    'log',
    'portforward',
    'proxy',
    'resize',
  ],
  gracePeriodSeconds: podGracePeriod,
  returnsDeletedObject: true,
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork ?? false),
    'status.phase': ({ status }) => status?.phase ?? '',
    'status.podIP': ({ status }) => status?.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName ?? '',
  },
  columns: podColumns,
  row: podRow,
};
