import type { PodTemplate } from '../../../../api/generated/types.ts';
import { jsonEqual, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { defaultPodTemplate } from '../pod-spec/defaults.ts';
import { validatePodTemplate } from '../pod-spec/validate-pod-spec.ts';
import { warningsForTemplate } from '../pod-spec/warnings.ts';
import { withField } from '../share.ts';
import { column, containerCells, formatLabels, nameColumn } from '../table.ts';

/** What a PodTemplate has to look like. */
export const podTemplateRules: ResourceRules<PodTemplate> = {
  defaults: (given) => (given.template ? withField(given, 'template', defaultPodTemplate(given.template)) : given),
  prepareForCreate: (given) => ({ ...given, metadata: { ...given.metadata, generation: 1 } }),
  prepareForUpdate: (next, old) => {
    if (jsonEqual(next.template ?? null, old.template ?? null)) return next;
    return { ...next, metadata: { ...next.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
  },
  validate: ({ template = {} }) => {
    const errors: FieldError[] = [];
    validatePodTemplate(errors, template, 'template');
    return errors;
  },
  warnings: ({ template }) => warningsForTemplate(template, 'template'),
  columns: [
    nameColumn,
    column('Containers', 'string', 'The names of the containers in the template.'),
    column('Images', 'string', 'The images of the containers in the template.'),
    column('Pod Labels', 'string', 'The labels of the pods that the template makes.'),
  ],
  row: ({ metadata, template }) => [
    metadata.name,
    ...containerCells(template?.spec?.containers),
    formatLabels(template?.metadata?.labels),
  ],
};
