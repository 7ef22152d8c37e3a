import type { ResourceV1ResourceClaim } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Devices that a pod wants. Upstream: pkg/registry/resource/resourceclaim */
export const resourceClaims: ResourceDefinition<ResourceV1ResourceClaim> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceclaims',
  kind: 'ResourceClaim',
  singular: 'resourceclaim',
  isNamespaced: true,
  schema: 'io.k8s.api.resource.v1.ResourceClaim',
  status: {},
  rules: later(ruleBook, ({ resourceClaimRules }) => resourceClaimRules),
};
