import type { Invocation } from '../../command/invocation.ts';
import { CommandError, ExitStatus } from '../../errors/command-error.ts';
import { structuredPrinter } from '../../printers/print-flags.ts';
import { cloneJson, deleteAt, type JsonObject } from '../../resource/json.ts';
import { buildResources } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { isBlank, isSameContent, validationProblem, withoutComments } from './edited-text.ts';
import { EditResults } from './edit-results.ts';
import { launchEditor } from './launch-editor.ts';

const introduction = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

const lastAppliedIntroduction = `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`;

export interface EditSession {
  readonly mode: 'object' | 'last-applied';
  /** Sends the edited objects and says so; what the server refuses goes into the results. */
  readonly submit: (edited: readonly ResourceInfo[], results: EditResults) => Promise<void>;
}

/**
 * Has objects edited until they are accepted or given up.
 * Upstream: kubectl/pkg/cmd/util/editor/editoptions.go Run
 */
export async function editObjects(
  invocation: Invocation,
  infos: readonly ResourceInfo[],
  { mode, submit }: EditSession,
): Promise<void> {
  const isJson = invocation.flags.getString('output') === 'json';
  const extension = isJson ? '.json' : '.yaml';
  const { files } = invocation.io;
  const original = textOf(infos, isJson);
  let results = new EditResults();
  let previous: { readonly path: string; readonly text: string } | undefined;
  let isRetry = false;
  for (;;) {
    const header = isJson ? '' : results.header(mode === 'object' ? introduction : lastAppliedIntroduction);
    const body = isRetry ? withoutComments(previous!.text) : original;
    const kept = previous?.path;
    const edited = await preserving(invocation, kept, () => launchEditor(invocation, header + body, extension));
    if (isRetry && isSameContent(previous!.text, edited.text)) {
      await preserve(invocation, edited.path);
      throw new CommandError('Edit cancelled, no valid changes were saved.');
    }
    if (kept !== undefined) await files.remove(kept).catch(() => undefined);
    previous = edited;
    results = new EditResults();

    const problem = invocation.fieldValidation() === 'Ignore' ? undefined : validationProblem(edited.text);
    if (problem !== undefined) {
      results.addInvalid(infos[0]!, [`<nil>: Invalid value: "The edited file failed validation": ${problem}`]);
      invocation.complain(`error: ${resourceName(infos[0]!)} is invalid\n`);
      isRetry = true;
      continue;
    }
    const isUnchanged = isSameContent(original, edited.text);
    if (isUnchanged || isBlank(edited.text)) {
      await files.remove(edited.path);
      const reason = isUnchanged ? 'no changes made.' : 'saved file was empty.';
      invocation.complain(`Edit cancelled, ${reason}\n`);
      return;
    }
    const updated = await editedInfos(invocation, edited.text);
    if (updated.error) {
      results.addSyntaxError(updated.error.message);
      isRetry = true;
      continue;
    }
    isRetry = false;
    await preserving(invocation, edited.path, async () => {
      await requireNamespace(invocation, updated.infos);
      await submit(updated.infos, results);
    });
    if (results.retryable > 0) {
      invocation.complain(`You can run \`kubectl replace -f ${edited.path}\` to try this update again.\n`);
      throw new ExitStatus(1);
    }
    if (results.notFound > 0) {
      invocation.complain(
        `The edits you made on deleted resources have been saved to ${JSON.stringify(edited.path)}\n`,
      );
      throw new ExitStatus(1);
    }
    if (results.invalid === 0) {
      await files.remove(edited.path);
      return;
    }
    isRetry = results.hasReasons;
  }
}

/** What the user gets to see: without the fields that only record who set what. */
function textOf(infos: readonly ResourceInfo[], isJson: boolean): string {
  const objects = infos.map(({ object }) => {
    const copy = cloneJson(object!);
    deleteAt(copy, 'metadata', 'managedFields');
    return copy;
  });
  const whole: JsonObject =
    objects.length === 1 ? objects[0]! : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} };
  return structuredPrinter(isJson ? 'json' : 'yaml', false)!.print(whole);
}

function editedInfos(invocation: Invocation, text: string) {
  const source = { name: 'edited-file', read: async () => text };
  return buildResources(invocation, { sources: [source], namespace: '', flattens: true, continuesOnError: true });
}

/** Edited objects stay in the namespace that the command is about. */
async function requireNamespace(invocation: Invocation, infos: readonly ResourceInfo[]): Promise<void> {
  const { namespace } = await invocation.config();
  for (const info of infos) {
    if (!info.mapping.isNamespaced) continue;
    if (info.namespace === '') info.namespace = namespace;
    if (info.namespace === namespace) continue;
    throw new CommandError(
      `the namespace from the provided object ${JSON.stringify(info.namespace)} does not match the namespace ${JSON.stringify(namespace)}. You must pass '--namespace=${info.namespace}' to perform this operation.`,
    );
  }
}

/** When something goes wrong, the user is told where the edits are. */
async function preserving<T>(invocation: Invocation, path: string | undefined, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (path !== undefined) await preserve(invocation, path);
    throw error;
  }
}

async function preserve(invocation: Invocation, path: string): Promise<void> {
  if (!(await invocation.io.files.stat(path))) return;
  invocation.complain(`A copy of your changes has been stored to ${JSON.stringify(path)}\n`);
}

function resourceName({ mapping, name }: ResourceInfo): string {
  const resource = mapping.group === '' ? mapping.resource : `${mapping.resource}.${mapping.group}`;
  return `${resource} ${JSON.stringify(name)}`;
}
