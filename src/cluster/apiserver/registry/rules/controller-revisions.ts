import type { ControllerRevision } from '../../../../api/generated/types.ts';
import { required, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateNonNegative } from '../int-or-percent.ts';
import { immutable } from '../meta-validation.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';

/** What a ControllerRevision has to look like. */
export const controllerRevisionRules: ResourceRules<ControllerRevision> = {
  validate: ({ data, revision }) => {
    const errors: FieldError[] = [];
    if (data === undefined || data === null) errors.push(required('data', 'data is mandatory'));
    validateNonNegative(errors, revision, 'revision');
    return errors;
  },
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutable(errors, next.data, old.data, 'data');
    return errors;
  },
  columns: [
    nameColumn,
    column('Controller', 'string', 'What the revision belongs to.'),
    column('Revision', 'integer', 'Higher is newer.'),
    ageColumn,
  ],
  row: (revision, context) => [
    revision.metadata.name,
    controllerOf(revision),
    revision.revision ?? 0,
    ageCell(revision, context),
  ],
};

/** `statefulset.apps/web` */
function controllerOf({ metadata }: ControllerRevision): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return '<none>';
  const [group = '', version] = owner.apiVersion.split('/');
  const kind = version ? `${owner.kind}.${group}` : owner.kind;
  return `${kind.toLowerCase()}/${owner.name}`;
}
