import type { Container, EnvFromSource, EnvVarSource, Pod } from '../../api/generated/types.ts';
import { parseQuantity, quantityMilliValue, quantityValue } from '../../api/index.ts';
import type { DescribePage } from './page.ts';

/** What a `fieldRef` stands for in a pod that is there. */
export type FieldResolver = (fieldPath: string) => string;

/** kubectl resolves these two only: it knows no field labels of pods beyond those that all objects have. */
export function fieldsOf(pod: Pod): FieldResolver {
  return (fieldPath) => {
    if (fieldPath === 'metadata.name') return pod.metadata.name;
    return fieldPath === 'metadata.namespace' ? (pod.metadata.namespace ?? '') : '';
  };
}

export function writeEnvironmentSources(page: DescribePage, sources: readonly EnvFromSource[]): void {
  page.write(2, 'Environment Variables from:\n');
  for (const { configMapRef, secretRef, prefix } of sources) {
    const reference = configMapRef ?? secretRef;
    const from = (configMapRef ? 'ConfigMap' : 'Secret') + (prefix ? ` with prefix '${prefix}'` : '');
    page.write(3, `${reference?.name ?? ''}\t${from}\tOptional: ${reference?.optional === true}\n`);
  }
}

export function writeEnvironment(
  page: DescribePage,
  container: Container,
  resolveField: FieldResolver | undefined,
): void {
  const variables = container.env ?? [];
  page.write(2, `Environment:${variables.length === 0 ? '\t<none>' : ''}\n`);
  for (const { name, value = '', valueFrom } of variables) {
    if (valueFrom) {
      const text = sourceText(valueFrom, container, resolveField);
      if (text !== undefined) page.write(3, `${name}:\t${text}\n`);
      continue;
    }
    value.split('\n').forEach((line, index) => page.write(3, index === 0 ? `${name}:\t${line}\n` : `\t${line}\n`));
  }
}

function sourceText(
  source: EnvVarSource,
  container: Container,
  resolveField: FieldResolver | undefined,
): string | undefined {
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = source;
  if (fieldRef)
    return `${resolveField?.(fieldRef.fieldPath) ?? ''} (${fieldRef.apiVersion ?? ''}:${fieldRef.fieldPath})`;
  if (resourceFieldRef) {
    const { resource, divisor } = resourceFieldRef;
    const value = containerResource(container, resource, divisor);
    const isUnset = value === '0' && (resource === 'limits.cpu' || resource === 'limits.memory');
    return `${isUnset ? 'node allocatable' : value} (${resource})`;
  }
  if (secretKeyRef) {
    const { key, name, optional } = secretKeyRef;
    return `<set to the key '${key}' in secret '${name ?? ''}'>\tOptional: ${optional === true}`;
  }
  if (configMapKeyRef) {
    const { key, name, optional } = configMapKeyRef;
    return `<set to the key '${key}' of config map '${name ?? ''}'>\tOptional: ${optional === true}`;
  }
  return undefined;
}

/** A container's request or limit in units of the divisor, rounded up. */
function containerResource(container: Container, resource: string, divisor: string | undefined): string {
  const [list, name = ''] = resource.split(/\.(.*)/s);
  if (list !== 'limits' && list !== 'requests') return '';
  const amount = parseQuantity(container.resources?.[list]?.[name] ?? '0');
  const unit = parseQuantity(divisor && divisor !== '0' ? divisor : '1');
  const measure = name === 'cpu' ? quantityMilliValue : quantityValue;
  return String(Math.ceil(measure(amount) / measure(unit)));
}
