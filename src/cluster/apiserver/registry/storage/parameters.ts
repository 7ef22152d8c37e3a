import { checkQualifiedName, invalid, required, tooLong, type FieldError } from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { byteLength } from '../meta-validation.ts';

const maxParameters = 512;
const maxParameterBytes = 256 * 1024;

/**
 * What classes of storage tell their driver.
 * Upstream: validateProvisioner, validateParameters in pkg/apis/storage/validation/validation.go
 */
export function validateDriver(errors: FieldError[], driver: string, path: string): void {
  if (!driver) errors.push(required(path));
  else addInvalid(errors, path, driver, checkQualifiedName(driver.toLowerCase()));
}

export function validateParameters(
  errors: FieldError[],
  parameters: Readonly<Record<string, string>>,
  path: string,
): void {
  const entries = Object.entries(parameters);
  if (entries.length > maxParameters) {
    errors.push(tooLong(path, maxParameters));
    return;
  }
  let total = 0;
  for (const [key, value] of entries) {
    if (!key) errors.push(invalid(path, key, 'field can not be empty.'));
    total += byteLength(key) + byteLength(value);
  }
  if (total > maxParameterBytes) errors.push(tooLong(path, maxParameterBytes));
}
