import type { ContainerPort, EnvVar, EnvVarSource, ObjectFieldSelector } from '../../../../api/generated/types.ts';
import { fill, isZero, mapShared, withField } from '../share.ts';

/** Defaults of what containers list. Upstream: pkg/apis/core/v1/defaults.go, zz_generated.defaults.go */
const portDefaults: Partial<ContainerPort> = { protocol: 'TCP' };
const fieldRefDefaults: Partial<ObjectFieldSelector> = { apiVersion: 'v1' };

export function defaultPorts(ports: readonly ContainerPort[]): readonly ContainerPort[] {
  return mapShared(ports, (port) => fill(port, portDefaults, isZero));
}

export function defaultEnv(variables: readonly EnvVar[]): readonly EnvVar[] {
  return mapShared(variables, (variable) =>
    variable.valueFrom ? withField(variable, 'valueFrom', defaultValueFrom(variable.valueFrom)) : variable,
  );
}

function defaultValueFrom(given: EnvVarSource): EnvVarSource {
  let source = given;
  if (source.fieldRef) source = withField(source, 'fieldRef', defaultFieldRef(source.fieldRef));
  if (source.resourceFieldRef && source.resourceFieldRef.divisor === undefined) {
    source = { ...source, resourceFieldRef: { ...source.resourceFieldRef, divisor: '0' } };
  }
  if (source.fileKeyRef) source = withField(source, 'fileKeyRef', fill(source.fileKeyRef, { optional: false }));
  return source;
}

export function defaultFieldRef(reference: ObjectFieldSelector): ObjectFieldSelector {
  return fill(reference, fieldRefDefaults, isZero);
}
