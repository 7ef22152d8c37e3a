import type { Deployment } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Replicas of a pod that are exchanged little by little. Upstream: pkg/registry/apps/deployment */
export const deployments: ResourceDefinition<Deployment> = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.apps.v1.Deployment',
  status: {},
  scale: { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas', labelSelector: '.spec.selector' },
  rules: later(ruleBook, ({ deploymentRules }) => deploymentRules),
};
