import type { CSINode, CSINodeDriver } from '../../../../api/generated/types.ts';
import { checkQualifiedName, duplicate, invalid, jsonEqual, required, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateNonNegative } from '../int-or-percent.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { addInvalid } from '../label-validation.ts';
import { validateCsiDriverName } from '../pod-spec/volume-disks.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';

/** What a CSINode has to look like. */
export const csiNodeRules: ResourceRules<CSINode> = {
  validate: ({ spec }) => {
    const errors: FieldError[] = [];
    const names = new Set<string>();
    spec?.drivers?.forEach((driver, at) => validateDriver(errors, driver, names, `spec.drivers[${at}]`));
    return errors;
  },
  // What a driver says of itself stays, as long as it is there.
  validateUpdate: (next, old) =>
    (old.spec?.drivers ?? []).flatMap((before) =>
      (next.spec?.drivers ?? [])
        .filter((after) => after.name === before.name && !jsonEqual(fixedPart(after), fixedPart(before)))
        .map((after) => invalidAs('CSINodeDriver', after, 'CSINodeDriver', 'field is immutable')),
    ),
  columns: [nameColumn, column('Drivers', 'integer', 'How many drivers run on the node.'), ageColumn],
  row: (node, context) => [node.metadata.name, node.spec?.drivers?.length ?? 0, ageCell(node, context)],
};

/** How many volumes fit may be found out later. */
function fixedPart({ name, nodeID, topologyKeys }: CSINodeDriver): object {
  return { name, nodeID, topologyKeys };
}

const maxNodeIdLength = 192;

/** Upstream: validateCSINodeDriver in pkg/apis/storage/validation/validation.go */
function validateDriver(errors: FieldError[], driver: CSINodeDriver, names: Set<string>, path: string): void {
  const { name = '', nodeID = '', allocatable, topologyKeys = [] } = driver;
  validateCsiDriverName(errors, name, `${path}.name`);
  if (!nodeID) errors.push(required(`${path}.nodeID`));
  if (nodeID.length > maxNodeIdLength) {
    errors.push(invalid(`${path}.nodeID`, nodeID, `must be ${maxNodeIdLength} characters or less`));
  }
  validateNonNegative(errors, allocatable?.count, `${path}.allocatable.count`);
  if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
  names.add(name);
  topologyKeys.forEach((key, at) => {
    if (!key) errors.push(required(path, key));
    if (topologyKeys.indexOf(key) < at) errors.push(duplicate(path, key));
    addInvalid(errors, path, topologyKeys, checkQualifiedName(key));
  });
}
