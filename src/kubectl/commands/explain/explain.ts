import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { jsonEqual } from '../../../api/index.ts';
import { objectAt, objectsAt, stringAt, type JsonObject } from '../../resource/json.ts';
import { apiVersionOf, groupResourceOf, type RestMapping } from '../../rest/rest-mapper.ts';
import { SchemaText } from './schema-text.ts';

/**
 * Upstream: kubectl/pkg/cmd/explain/explain.go
 * Differs: explains from OpenAPI v3 only; the output format plaintext-openapiv2 is the same text.
 */
export const explainCommand: Command = {
  name: 'explain',
  short: 'Get documentation for a resource',
  long: `Describe fields and structure of various resources.

This command describes the fields of each type that the server knows. A field is named by a simple JSONPath:

<type>.<fieldName>[.<fieldName>]

What is said about each field comes from the server's OpenAPI.

Use "kubectl api-resources" for a complete list of supported resources.`,
  examples: `# A type and its fields
kubectl explain pods

# All fields, those of fields too
kubectl explain pods --recursive

# One version of the API
kubectl explain deployments --api-version=apps/v1

# One field
kubectl explain pods.spec.containers`,
  usage:
    'explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.string('api-version', 'Explain this version of the API (group/version)');
    flags.string('output', 'How to print it (plaintext, plaintext-openapiv2)', { short: 'o', initial: 'plaintext' });
    flags.bool('recursive', 'Print the fields of fields');
  },
  run: explain,
};

async function explain(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const [argument, ...others] = invocation.arguments;
  if (argument === undefined) {
    throw new CommandError(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
    );
  }
  if (others.length > 0) throw new CommandError('We accept only this format: explain RESOURCE\n');
  const { mapping, fieldPath } = await splitArgument(invocation, argument);
  const target = withVersion(mapping, flags.getString('api-version'));
  const format = flags.getString('output');
  if (!format.startsWith('plaintext')) throw new CommandError(`unrecognized format: ${format}`);
  const document = await openApiOf(invocation, target);
  const kind = kindIn(document, target);
  if (!kind) throw new CommandError(`error: GVR (${describeResource(target)}) not found in OpenAPI schema`);
  const schemas = Object.values(objectAt(document, 'components', 'schemas') ?? {}) as JsonObject[];
  const schema = schemas.find((each) =>
    objectsAt(each, 'x-kubernetes-group-version-kind').some((other) => jsonEqual(other, kind)),
  );
  if (!schema) throw new CommandError(`error: GVK ${stringAt(kind, 'kind')} not found in OpenAPI schema`);
  const text = new SchemaText(document, flags.getBool('recursive')).about(schema, fieldPath);
  const group = stringAt(kind, 'group');
  const head = `${group && `GROUP:      ${group}\n`}KIND:       ${stringAt(kind, 'kind')}\nVERSION:    ${stringAt(kind, 'version')}\n\n`;
  if (!text) {
    // What comes before the field is printed by the time it is looked up.
    invocation.print(head);
    throw new CommandError(`error: field "${fieldPath.at(-1)}" does not exist`);
  }
  invocation.print(`${head}${text}\n`);
}

/** `deployments.apps.spec.replicas` is a resource with its group, and a path. */
async function splitArgument(
  invocation: Invocation,
  argument: string,
): Promise<{ readonly mapping: RestMapping; readonly fieldPath: readonly string[] }> {
  const path = argument.replace(/\.$/, '');
  if (path.includes('[')) throw new CommandError('invalid jsonpath syntax, all nodes must be field nodes');
  const [resource = '', ...fieldPath] = path.split('.');
  const mapping = await invocation.mappingFor(resource);
  const groupResource = groupResourceOf(mapping);
  if (!path.startsWith(groupResource)) return { mapping, fieldPath };
  return { mapping, fieldPath: path.slice(groupResource.length).split('.').slice(1) };
}

function withVersion(mapping: RestMapping, apiVersion: string): RestMapping {
  if (apiVersion === '') return mapping;
  const [first = '', second] = apiVersion.split('/');
  return { ...mapping, group: second === undefined ? '' : first, version: second ?? first };
}

function describeResource(target: RestMapping): string {
  return `${apiVersionOf(target).includes('/') ? apiVersionOf(target) : `/${target.version}`}, Resource=${target.resource}`;
}

async function openApiOf(invocation: Invocation, target: RestMapping): Promise<JsonObject> {
  const client = await invocation.client();
  const { paths } = await client.json({ path: '/openapi/v3' });
  const path = target.group === '' ? `api/${target.version}` : `apis/${target.group}/${target.version}`;
  const url = stringAt(objectAt({ paths }, 'paths', path), 'serverRelativeURL');
  if (url === '') throw new CommandError(`couldn't find resource for "${describeResource(target)}"`);
  return client.json({ path: url });
}

/** The kind that the resource's paths say they are about. */
function kindIn(document: JsonObject, { group, version, resource }: RestMapping): JsonObject | undefined {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const scopes = [`${root}/${resource}`, `${root}/namespaces/{namespace}/${resource}`];
  for (const path of scopes.flatMap((scope) => [scope, `${scope}/{name}`])) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      const kind = objectAt(document, 'paths', path, method, 'x-kubernetes-group-version-kind');
      if (kind) return kind;
    }
  }
  return undefined;
}
