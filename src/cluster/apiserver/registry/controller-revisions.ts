import type { ControllerRevision } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** An earlier template of a StatefulSet or DaemonSet. Upstream: pkg/registry/apps/controllerrevision */
export const controllerRevisions: ResourceDefinition<ControllerRevision> = {
  group: 'apps',
  version: 'v1',
  resource: 'controllerrevisions',
  kind: 'ControllerRevision',
  singular: 'controllerrevision',
  isNamespaced: true,
  schema: 'io.k8s.api.apps.v1.ControllerRevision',
  rules: later(ruleBook, ({ controllerRevisionRules }) => controllerRevisionRules),
};
