import type { ResourceClaimTemplate } from '../../../api/generated/types.ts';
import type { FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { validateDeviceClaim } from './device/claim-validation.ts';
import { defaultClaimSpec } from './device/defaults.ts';
import { immutable, validateTemplateMetadata } from './meta-validation.ts';
import { withField } from './share.ts';
import { ageCell, ageColumn, nameColumn } from './table.ts';

/** What claims are made from, one for each pod. Upstream: pkg/registry/resource/resourceclaimtemplate */
export const resourceClaimTemplates: ResourceDefinition<ResourceClaimTemplate> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceclaimtemplates',
  kind: 'ResourceClaimTemplate',
  singular: 'resourceclaimtemplate',
  isNamespaced: true,
  schema: 'io.k8s.api.resource.v1.ResourceClaimTemplate',
  defaults: (template) => {
    const { spec } = template;
    return spec?.spec ? withField(template, 'spec', withField(spec, 'spec', defaultClaimSpec(spec.spec))) : template;
  },
  validateCreate: ({ spec }) => {
    const errors: FieldError[] = [];
    validateTemplateMetadata(errors, spec?.metadata, 'spec.metadata');
    validateDeviceClaim(errors, spec?.spec?.devices, 'spec.spec.devices');
    return errors;
  },
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutable(errors, next.spec, old.spec, 'spec');
    return errors;
  },
  columns: [nameColumn, ageColumn],
  row: (template, context) => [template.metadata.name, ageCell(template, context)],
};
