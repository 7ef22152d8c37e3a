import type { VolumeAttachment } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** A volume on a node, or on its way. Upstream: pkg/registry/storage/volumeattachment */
export const volumeAttachments: ResourceDefinition<VolumeAttachment> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'volumeattachments',
  kind: 'VolumeAttachment',
  singular: 'volumeattachment',
  isNamespaced: false,
  schema: 'io.k8s.api.storage.v1.VolumeAttachment',
  status: {},
  rules: later(ruleBook, ({ volumeAttachmentRules }) => volumeAttachmentRules),
};
