import type { Service } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { allocateService } from './service/allocation.ts';
import { defaultService } from './service/defaults.ts';
import { dropTypeDependent } from './service/linked-fields.ts';
import { serviceColumns, serviceRow } from './service/row.ts';
import { validateServiceStatus, validateServiceUpdate } from './service/update-validation.ts';
import { validateService } from './service/validation.ts';
import { warningsForService } from './service/warnings.ts';

/** One address for many pods. Upstream: pkg/registry/core/service */
export const services: ResourceDefinition<Service> = {
  group: '',
  version: 'v1',
  resource: 'services',
  kind: 'Service',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.Service',
  nameFormat: 'dns-1035-label',

  defaults: defaultService,
  allocate: allocateService,
  prepareForCreate: (service) => ({ ...service, status: { loadBalancer: {} } }),
  prepareForUpdate: (next, old) => ({ ...dropTypeDependent(next, old), status: old.status }),
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  warnings: warningsForService,
  status: { prepareForUpdate: (next, old) => ({ ...next, spec: old.spec }), validateUpdate: validateServiceStatus },
  subresources: ['proxy'],
  returnsDeletedObject: true,
  allowsCreateOnUpdate: true,
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec.clusterIP ?? '',
    'spec.type': ({ spec }) => spec.type ?? '',
  },
  columns: serviceColumns,
  row: serviceRow,
};
