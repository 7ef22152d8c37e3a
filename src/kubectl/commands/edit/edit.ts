import {
  createMergePatch,
  createStrategicTwoWayPatch,
  goJson,
  type JsonObject as ApiJsonObject,
} from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import {
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSaveConfigFlag,
  declareValidateFlag,
  filenameOptions,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { equalJson, setAt, stringAt, valueAt, type JsonObject } from '../../resource/json.ts';
import { setLastApplied } from '../../resource/last-applied.ts';
import { patchSchemaOf } from '../../resource/patch-schema.ts';
import { buildResources } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import type { EditResults } from './edit-results.ts';
import { editObjects } from './edit-session.ts';

/** Upstream: kubectl/pkg/cmd/edit/edit.go */
export const editCommand: Command = {
  name: 'edit',
  short: 'Edit a resource on the server',
  long: `Edit a resource from the default editor.

The editor is the one that the environment names, KUBE_EDITOR before EDITOR, or 'vi'. What you may get may be edited: several objects at once, of arguments or of files; changes are sent one object at a time. The objects are fetched first.

Objects are edited in YAML, or in JSON with "-o json", in the API version in which they were fetched.

When an update is refused, the file with your changes is kept. The most common reason is that somebody else has changed the object meanwhile: then put your changes into the newer version, or put its resource version into your file.`,
  examples: `# Edit the service 'registry'
kubectl edit svc/registry

# With another editor
KUBE_EDITOR="nano" kubectl edit svc/registry

# Edit the job 'myjob' in JSON, in API version v1
kubectl edit job.v1.batch/myjob -o json

# Keep what was edited in the object's annotation
kubectl edit deployment/mydeployment -o yaml --save-config

# Edit the status of a deployment
kubectl edit deployment mydeployment --subresource='status'`,
  usage: 'edit (RESOURCE/NAME | -f FILENAME)',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareFilenameFlags(flags, 'Files that name what to edit');
    declareValidateFlag(flags);
    declareFieldManagerFlag(flags, 'kubectl-edit');
    declareSaveConfigFlag(flags);
    flags.bool('output-patch', 'Print the patch that is sent.');
    flags.bool('windows-line-endings', 'End lines as Windows does.');
    flags.string('subresource', 'Edit this subresource of the object.');
  },
  run: edit,
};

async function edit(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const config = await invocation.config();
  const { infos, error } = await buildResources(invocation, {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    subresource: flags.getString('subresource'),
    allowsEmptySelector: true,
    fetchesLatest: true,
    flattens: true,
    continuesOnError: true,
  });
  if (error) throw error;
  if (infos.length === 0) throw new CommandError('edit cancelled, no objects found');
  invocation.fieldValidation();
  await editObjects(invocation, infos, {
    mode: 'object',
    submit: (edited, results) => sendPatches(invocation, infos, edited, results),
  });
}

async function sendPatches(
  invocation: Invocation,
  originals: readonly ResourceInfo[],
  edited: readonly ResourceInfo[],
  results: EditResults,
): Promise<void> {
  const { flags } = invocation;
  for (const info of edited) {
    const uid = stringAt(info.object, 'metadata', 'uid');
    const original = originals.find(({ object }) => stringAt(object, 'metadata', 'uid') === uid);
    if (!original) throw new CommandError(`no original object found for ${goJson(info.object!)}`);
    const managedFields = valueAt(original.object, 'metadata', 'managedFields');
    if (managedFields !== undefined) setAt(info.object!, managedFields, 'metadata', 'managedFields');
    if (flags.getBool('save-config')) setLastApplied(info.object!);
    if (equalJson(original.object, info.object)) {
      invocation.print((await printerOf(invocation, { operation: 'skipped' })).print(info.object!));
      continue;
    }
    const schema = patchSchemaOf(info.mapping);
    const [before, after] = [original.object as ApiJsonObject, info.object as ApiJsonObject];
    const patch = schema ? createStrategicTwoWayPatch(before, after, schema) : createMergePatch(before, after);
    requireSameObject(patch as JsonObject);
    if (flags.getBool('output-patch')) invocation.print(`Patch: ${goJson(patch)}\n`);
    const client = await invocation.resource(info.mapping);
    try {
      const patched = await client.patch(info.namespace, info.name, schema ? 'strategic' : 'merge', patch, {
        fieldManager: flags.getString('field-manager'),
        fieldValidation: invocation.fieldValidation(),
        subresource: flags.getString('subresource'),
      });
      invocation.print((await printerOf(invocation, { operation: 'edited' })).print(patched));
    } catch (error) {
      if (invocation.io.signal.aborted) throw error;
      invocation.complain(`${results.add(error as Error, info)}\n`);
    }
  }
}

/** An edit may not turn one object into another. Upstream: apimachinery/pkg/util/mergepatch preconditions */
function requireSameObject(patch: JsonObject): void {
  const changed = [patch['apiVersion'], patch['kind'], valueAt(patch, 'metadata', 'name')];
  if (changed.every((value) => value === undefined)) return;
  throw new CommandError('At least one of apiVersion, kind and name was changed');
}
