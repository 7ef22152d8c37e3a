import type { VolumeAttributesClass } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** How fast a volume is, say: what may change while it is in use. Upstream: pkg/registry/storage/volumeattributesclass */
export const volumeAttributesClasses: ResourceDefinition<VolumeAttributesClass> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'volumeattributesclasses',
  kind: 'VolumeAttributesClass',
  singular: 'volumeattributesclass',
  shortNames: ['vac'],
  isNamespaced: false,
  schema: 'io.k8s.api.storage.v1.VolumeAttributesClass',
  rules: later(ruleBook, ({ volumeAttributesClassRules }) => volumeAttributesClassRules),
};
