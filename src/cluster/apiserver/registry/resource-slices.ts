import type { ResourceSlice } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Devices that a driver offers. Upstream: pkg/registry/resource/resourceslice */
export const resourceSlices: ResourceDefinition<ResourceSlice> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceslices',
  kind: 'ResourceSlice',
  singular: 'resourceslice',
  isNamespaced: false,
  schema: 'io.k8s.api.resource.v1.ResourceSlice',
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec?.nodeName ?? '',
    'spec.driver': ({ spec }) => spec?.driver ?? '',
  },
  rules: later(ruleBook, ({ resourceSliceRules }) => resourceSliceRules),
};
