import type { EnvFromSource, EnvVar, EnvVarSource, FileKeySelector } from '../../../../api/generated/types.ts';
import {
  checkConfigMapKey,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkEnvVarName,
  invalid,
  maskTrailingDash,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { envFieldPaths, validateFieldRef, validateResourceFieldRef } from './field-refs.ts';
import { validateNoBacksteps } from './local-paths.ts';

/** The environment of a container. Upstream: ValidateEnv and ValidateEnvFrom */
export function validateEnv(errors: FieldError[], variables: readonly EnvVar[] | undefined, path: string): void {
  variables?.forEach((variable, at) => {
    const itemPath = `${path}[${at}]`;
    if (variable.name) {
      if (!plainName.test(variable.name)) {
        addInvalid(errors, `${itemPath}.name`, variable.name, checkEnvVarName(variable.name));
      }
    } else errors.push(required(`${itemPath}.name`));
    if (variable.valueFrom) {
      validateValueFrom(errors, variable.valueFrom, `${itemPath}.valueFrom`, Boolean(variable.value));
    }
  });
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function validateValueFrom(errors: FieldError[], source: EnvVarSource, path: string, hasValue: boolean): void {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  if (fieldRef) validateFieldRef(errors, fieldRef, envFieldPaths, `${path}.fieldRef`);
  if (resourceFieldRef) {
    validateResourceFieldRef(errors, resourceFieldRef, `${path}.resourceFieldRef`, { isVolume: false });
  }
  if (configMapKeyRef) validateKeyRef(errors, configMapKeyRef, `${path}.configMapKeyRef`);
  if (secretKeyRef) validateKeyRef(errors, secretKeyRef, `${path}.secretKeyRef`);
  if (fileKeyRef) validateFileKeyRef(errors, fileKeyRef, `${path}.fileKeyRef`);

  const count = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length;
  if (count === 0) {
    const kinds = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    errors.push(invalid(path, '', `must specify one of: ${kinds}`));
  } else if (hasValue) errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  else if (count > 1) errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
}

function validateKeyRef(
  errors: FieldError[],
  { name = '', key }: { readonly name?: string; readonly key?: string },
  path: string,
): void {
  addInvalid(errors, `${path}.name`, name, checkDns1123Subdomain(name));
  if (key) addInvalid(errors, `${path}.key`, key, checkConfigMapKey(key));
  else errors.push(required(`${path}.key`));
}

function validateFileKeyRef(errors: FieldError[], reference: FileKeySelector, path: string): void {
  const { key, volumeName, path: file } = reference;
  if (key) addInvalid(errors, `${path}.key`, key, checkEnvVarName(key));
  else errors.push(required(`${path}.key`));
  if (volumeName) addInvalid(errors, `${path}.volumeName`, volumeName, checkDns1123Label(volumeName));
  else errors.push(required(`${path}.volumeName`));
  if (file) validateNoBacksteps(errors, file, `${path}.path`);
  else errors.push(required(`${path}.path`));
}

export function validateEnvFrom(
  errors: FieldError[],
  sources: readonly EnvFromSource[] | undefined,
  path: string,
): void {
  sources?.forEach(({ prefix, configMapRef, secretRef }, at) => {
    const itemPath = `${path}[${at}]`;
    if (prefix) addInvalid(errors, `${itemPath}.prefix`, prefix, checkEnvVarName(prefix));
    if (configMapRef) validateEnvSourceName(errors, configMapRef.name, `${itemPath}.configMapRef.name`);
    if (secretRef) validateEnvSourceName(errors, secretRef.name, `${itemPath}.secretRef.name`);
    if (!configMapRef && !secretRef) {
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    } else if (configMapRef && secretRef) {
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
    }
  });
}

function validateEnvSourceName(errors: FieldError[], name: string | undefined, path: string): void {
  if (name) addInvalid(errors, path, name, checkDns1123Subdomain(maskTrailingDash(name)));
  else errors.push(required(path));
}
