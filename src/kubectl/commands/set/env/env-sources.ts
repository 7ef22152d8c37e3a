import type { Container, EnvVarSource } from '../../../../api/generated/types.ts';
import { checkQualifiedName, parseQuantity, type Labels } from '../../../../api/index.ts';
import type { Invocation } from '../../../command/invocation.ts';
import { CommandError } from '../../../errors/command-error.ts';
import { stringAt, stringMapAt, type JsonObject } from '../../../resource/json.ts';

/** Where the value of a variable comes from, as a listing says it. Upstream: kubectl/pkg/cmd/set/env/env_resolve.go */
export function describeSource({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name ?? ''}, key ${configMapKeyRef.key}`;
  if (secretKeyRef) return `secret ${secretKeyRef.name ?? ''}, key ${secretKeyRef.key}`;
  if (fieldRef) return `field path ${fieldRef.fieldPath}`;
  if (!resourceFieldRef) return 'invalid valueFrom';
  const { containerName, resource } = resourceFieldRef;
  return `resource field ${containerName ? `${containerName}/` : ''}${resource}`;
}

/** Looks values up for `--resolve`. */
export class EnvResolver {
  readonly #invocation: Invocation;
  readonly #found = new Map<string, Promise<JsonObject>>();

  constructor(invocation: Invocation) {
    this.#invocation = invocation;
  }

  /** @throws when the value cannot be told */
  async resolve(source: EnvVarSource, object: JsonObject, container: Container): Promise<string> {
    const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = source;
    if (secretKeyRef) {
      const { name = '', key } = secretKeyRef;
      const value = stringMapAt(await this.#get('Secret', name), 'data')[key];
      if (value === undefined) throw new CommandError(`key ${key} not found in secret ${name}`);
      return new TextDecoder().decode(Uint8Array.from(atob(value), (char) => char.charCodeAt(0)));
    }
    if (configMapKeyRef) {
      const { name = '', key } = configMapKeyRef;
      const value = stringMapAt(await this.#get('ConfigMap', name), 'data')[key];
      if (value === undefined) throw new CommandError(`key ${key} not found in config map ${name}`);
      return value;
    }
    if (fieldRef) return fieldValue(object, fieldRef.fieldPath);
    if (resourceFieldRef) return resourceValue(container, resourceFieldRef);
    throw new CommandError('invalid valueFrom');
  }

  #get(kind: string, name: string): Promise<JsonObject> {
    const key = `${kind}/${name}`;
    const found = this.#found.get(key) ?? this.#fetch(kind, name);
    this.#found.set(key, found);
    return found;
  }

  async #fetch(kind: string, name: string): Promise<JsonObject> {
    const client = await this.#invocation.resource(await this.#invocation.mappingForKind('', kind, 'v1'));
    return client.get(await this.#invocation.namespace(), name);
  }
}

function fieldValue(object: JsonObject, path: string): string {
  const subscript = /^(.+?)\['(.*)'\]$/s.exec(path);
  if (subscript) {
    const [, parent, key = ''] = subscript;
    if (parent !== 'metadata.annotations' && parent !== 'metadata.labels') {
      throw new CommandError(`fieldPath ${JSON.stringify(path)} does not support subscript`);
    }
    const problems = checkQualifiedName(parent === 'metadata.labels' ? key : key.toLowerCase());
    if (problems.length > 0) throw new CommandError(`invalid key subscript in ${path}: ${problems.join(';')}`);
    return stringMapAt(object, ...parent.split('.'))[key] ?? '';
  }
  switch (path) {
    case 'metadata.annotations':
    case 'metadata.labels':
      return mapText(stringMapAt(object, ...path.split('.')));
    case 'metadata.name':
    case 'metadata.namespace':
    case 'metadata.uid':
      return stringAt(object, ...path.split('.'));
    default:
      throw new CommandError(`unsupported fieldPath: ${path}`);
  }
}

function mapText(map: Labels): string {
  return Object.keys(map)
    .toSorted()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join('\n');
}

function resourceValue(
  { resources }: Container,
  { resource, divisor }: { readonly resource: string; readonly divisor?: string },
): string {
  const match = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.exec(resource);
  if (!match) throw new CommandError(`Unsupported container resource : ${resource}`);
  const [, list, name = ''] = match;
  const amount = parseQuantity(resources?.[list as 'limits' | 'requests']?.[name] ?? '0').nano;
  const given = parseQuantity(divisor ?? '0').nano;
  const unit = given === 0n ? parseQuantity('1').nano : given;
  return String((amount + unit - 1n) / unit);
}
