import type { DeviceClass } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** A kind of device that pods may ask for. Upstream: pkg/registry/resource/deviceclass */
export const deviceClasses: ResourceDefinition<DeviceClass> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'deviceclasses',
  kind: 'DeviceClass',
  singular: 'deviceclass',
  isNamespaced: false,
  schema: 'io.k8s.api.resource.v1.DeviceClass',
  rules: later(ruleBook, ({ deviceClassRules }) => deviceClassRules),
};
