import type { Binding } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';

/** Puts a pod on a node: an instruction, which is never stored. Upstream: pkg/registry/core/pod/storage (LegacyBindingREST) */
export const bindings: ResourceDefinition<Binding> = {
  group: '',
  version: 'v1',
  resource: 'bindings',
  kind: 'Binding',
  singular: 'binding',
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.Binding',
  verbs: ['create'],
};
