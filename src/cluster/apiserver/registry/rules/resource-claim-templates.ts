import type { ResourceClaimTemplate } from '../../../../api/generated/types.ts';
import type { FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateDeviceClaim } from '../device/claim-validation.ts';
import { defaultClaimSpec } from '../device/defaults.ts';
import { immutable, validateTemplateMetadata } from '../meta-validation.ts';
import { withField } from '../share.ts';
import { ageCell, ageColumn, nameColumn } from '../table.ts';

/** What a ResourceClaimTemplate has to look like. */
export const resourceClaimTemplateRules: ResourceRules<ResourceClaimTemplate> = {
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
