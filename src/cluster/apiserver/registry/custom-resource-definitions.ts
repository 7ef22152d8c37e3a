import type { CustomResourceDefinition } from '../../../api/generated/types.ts';
import { customCode } from '../custom-resources/custom-code.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';

/** What else the API serves. Upstream: apiextensions-apiserver/pkg/registry/customresourcedefinition */
export const customResourceDefinitions: ResourceDefinition<CustomResourceDefinition> = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  singular: 'customresourcedefinition',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  isNamespaced: false,
  schema: 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition',
  forbidsUnconditionalUpdate: true,
  status: {},
  rules: later(customCode, ({ customResourceDefinitionRules }) => customResourceDefinitionRules),
};
