import type { CSIStorageCapacity } from '../../../../api/generated/types.ts';
import { checkDns1123Subdomain, invalid, parseQuantity, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { canonicalAmount } from '../canonical-resources.ts';
import { addInvalid, validateLabelSelector } from '../label-validation.ts';
import { immutable } from '../meta-validation.ts';
import { withField } from '../share.ts';
import { column, nameColumn } from '../table.ts';

/** What a CSIStorageCapacity has to look like. */
export const csiStorageCapacityRules: ResourceRules<CSIStorageCapacity> = {
  defaults: (given) => {
    const { capacity, maximumVolumeSize } = given;
    const counted = capacity === undefined ? given : withField(given, 'capacity', canonicalAmount(capacity));
    if (maximumVolumeSize === undefined) return counted;
    return withField(counted, 'maximumVolumeSize', canonicalAmount(maximumVolumeSize));
  },
  validate: ({ nodeTopology, storageClassName = '', capacity, maximumVolumeSize }) => {
    const errors: FieldError[] = [];
    validateLabelSelector(errors, nodeTopology, 'nodeTopology');
    addInvalid(errors, 'storageClassName', storageClassName, checkDns1123Subdomain(storageClassName));
    validateAmount(errors, capacity, 'capacity');
    validateAmount(errors, maximumVolumeSize, 'maximumVolumeSize');
    return errors;
  },
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutable(errors, next.nodeTopology, old.nodeTopology, 'nodeTopology');
    immutable(errors, next.storageClassName, old.storageClassName, 'storageClassName');
    return errors;
  },
  columns: [
    nameColumn,
    column('StorageClassName', 'string', 'The class of the volumes.'),
    column('Capacity', 'string', 'How much is left.'),
  ],
  row: ({ metadata, storageClassName, capacity }) => [metadata.name, storageClassName, capacity ?? '<unset>'],
};

function validateAmount(errors: FieldError[], amount: string | undefined, path: string): void {
  if (amount === undefined || parseQuantity(amount).nano >= 0n) return;
  errors.push(invalid(path, amount, 'must be greater than or equal to 0'));
}
