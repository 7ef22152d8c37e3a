import {
  ApiError,
  applyJsonPatch,
  applyMergePatch,
  applyStrategicMergePatch,
  type Json,
  type JsonObject as ApiJsonObject,
} from '../../api/index.ts';
import type { Command } from '../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  filenameOptions,
} from '../command/common-flags.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../printers/print-flags.ts';
import { equalJson, type JsonObject } from '../resource/json.ts';
import { patchSchemaOf } from '../resource/patch-schema.ts';
import { visitResources } from '../resource/resource-builder.ts';
import type { PatchType } from '../resource/resource-client.ts';
import type { ResourceInfo } from '../resource/resource-info.ts';
import { apiVersionOf } from '../rest/rest-mapper.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';

const types: readonly string[] = ['json', 'merge', 'strategic'];

/** Upstream: kubectl/pkg/cmd/patch/patch.go */
export const patchCommand: Command = {
  name: 'patch',
  short: 'Update fields of a resource',
  long: `Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.

JSON and YAML formats are accepted.

Strategic merge patches are not supported for custom resources.`,
  examples: `# Mark a node as unschedulable
kubectl patch node k8s-node-1 -p '{"spec":{"unschedulable":true}}'

# The same for what a file names
kubectl patch -f node.json -p '{"spec":{"unschedulable":true}}'

# The image of a container: its name is the merge key
kubectl patch pod valid-pod -p '{"spec":{"containers":[{"name":"kubernetes-serve-hostname","image":"new image"}]}}'

# With a JSON patch
kubectl patch pod valid-pod --type='json' -p='[{"op": "replace", "path": "/spec/containers/0/image", "value":"new image"}]'

# The size of a deployment through its subresource
kubectl patch deployment nginx-deployment --subresource='scale' --type='merge' -p '{"spec":{"replicas":2}}'`,
  usage: 'patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareDryRunFlag(flags);
    declareFilenameFlags(flags, 'Files that name what to change');
    declareFieldManagerFlag(flags, 'kubectl-patch');
    flags.bool('local', 'Change files only; no server is asked.');
    flags.string('patch', 'The patch.', { short: 'p' });
    flags.string('patch-file', 'A file that holds the patch.');
    flags.string('subresource', 'Change this subresource of the object.');
    flags.string('type', 'The type of the patch; one of [json merge strategic]', { initial: 'strategic' });
  },
  run: patch,
};

async function patch(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  const isLocal = flags.getBool('local');
  const type = checkedType(invocation);
  const value = await readPatch(invocation);
  const config = await invocation.config();
  let count = 0;
  const options = {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    subresource: flags.getString('subresource'),
    flattens: true,
    continuesOnError: true,
    isLocal,
  };
  await visitResources(invocation, options, async (info) => {
    count++;
    const isSent = !isLocal && dryRun !== 'client';
    const patched = isSent ? await send(invocation, info, type, value) : patchedLocally(info, type, value as Json);
    const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
    const operation = equalJson(info.object, patched) ? 'patched (no change)' : 'patched';
    const printer = await printerOf(invocation, { operation: operation + suffix });
    invocation.print(printer.print(patched));
  });
  if (count === 0) throw new CommandError('no objects passed to patch');
}

function checkedType({ flags }: Invocation): PatchType {
  const hasPatch = flags.getString('patch') !== '';
  const hasFile = flags.getString('patch-file') !== '';
  if (hasPatch && hasFile) throw new CommandError('cannot specify --patch and --patch-file together');
  if (!hasPatch && !hasFile)
    throw new CommandError('must specify --patch or --patch-file containing the contents of the patch');
  if (flags.getBool('local') && flags.arguments.length > 0)
    throw new CommandError('cannot specify --local and server resources');
  if (flags.getBool('local') && flags.getString('dry-run') === 'server') {
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  const type = flags.getString('type').toLowerCase() || 'strategic';
  if (types.includes(type)) return type as PatchType;
  throw new CommandError(`--type must be one of [${types.join(' ')}], not ${JSON.stringify(flags.getString('type'))}`);
}

async function readPatch(invocation: Invocation): Promise<unknown> {
  const { flags, io } = invocation;
  const path = flags.getString('patch-file');
  let text = flags.getString('patch');
  if (path !== '') {
    try {
      text = new TextDecoder().decode(await io.files.read(path));
    } catch (error) {
      throw new CommandError(`unable to read patch file: open ${path}: ${(error as Error).message}`);
    }
  }
  try {
    return parseYaml(text);
  } catch (error) {
    throw new CommandError(`unable to parse ${JSON.stringify(flags.getString('patch'))}: ${(error as Error).message}`);
  }
}

async function send(invocation: Invocation, info: ResourceInfo, type: PatchType, value: unknown): Promise<JsonObject> {
  const { flags } = invocation;
  const client = await invocation.resource(info.mapping);
  try {
    // Text alone is a JSON document, too, if not one that the server takes.
    const patch = typeof value === 'string' ? JSON.stringify(value) : value;
    return await client.patch(info.namespace, info.name, type, patch, {
      fieldManager: flags.getString('field-manager'),
      isDryRun: invocation.dryRun() === 'server',
      subresource: flags.getString('subresource'),
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 415) throw error;
    const kind = `${apiVersionOf(info.mapping)}, Kind=${info.mapping.kind}`;
    throw new CommandError(`application/${type}-patch+json is not supported by ${kind}: ${error.message}`);
  }
}

function patchedLocally(info: ResourceInfo, type: PatchType, value: Json): JsonObject {
  const original = info.object as ApiJsonObject;
  if (type === 'json') return applyJsonPatch(original, value) as JsonObject;
  const schema = type === 'strategic' ? patchSchemaOf(info.mapping) : undefined;
  const patched = schema
    ? applyStrategicMergePatch(original, value as ApiJsonObject, schema)
    : applyMergePatch(original, value);
  return patched as JsonObject;
}
