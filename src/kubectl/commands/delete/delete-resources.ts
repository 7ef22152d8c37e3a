import { ApiError } from '../../../api/index.ts';
import { Deadline } from '../../command/deadline.ts';
import type { DryRun, Invocation } from '../../command/invocation.ts';
import { flattened, throwJoined } from '../../errors/command-error.ts';
import { withSource } from '../../errors/report.ts';
import { stringAt } from '../../resource/json.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { kindNameOf } from '../../rest/rest-mapper.ts';
import { waitForDeletion } from '../wait/wait-for-deletion.ts';
import type { DeletionOptions } from './deletion-options.ts';

const weekMs = 168 * 3600 * 1000;

export interface DeleteRequest {
  readonly deletion: DeletionOptions;
  readonly dryRun: DryRun;
  /** A namespace was given: says so when something belongs to none. */
  readonly warnsAboutScope?: boolean;
  /** Takes what does not exist for deleted. */
  readonly ignoresMissing?: boolean;
  readonly waits?: boolean;
  /** 0 for as long as it takes. */
  readonly timeoutMs?: number;
  /** `name`, or nothing. */
  readonly output?: string;
  readonly isQuiet?: boolean;
}

/**
 * Deletes things, says so, and waits until they are gone if it is to.
 * Upstream: kubectl/pkg/cmd/delete/delete.go DeleteResult
 */
export async function deleteResources(
  invocation: Invocation,
  infos: readonly ResourceInfo[],
  buildError: Error | undefined,
  request: DeleteRequest,
): Promise<void> {
  const { deletion, dryRun } = request;
  const errors: Error[] = buildError ? [...flattened([buildError])] : [];
  const uids = new Map<ResourceInfo, string>();
  let hasWarned = !request.warnsAboutScope;
  for (const info of infos) {
    if (!hasWarned && !info.mapping.isNamespaced) {
      invocation.warn('deleting cluster-scoped resources, not scoped to the provided namespace');
      hasWarned = true;
    }
    try {
      if (dryRun !== 'client') {
        const client = await invocation.resource(info.mapping);
        const body = { ...deletion.body, ...(dryRun === 'server' && { dryRun: ['All'] }) };
        const answer = await client.delete(info.namespace, info.name, body);
        uids.set(info, stringAt(answer, 'details', 'uid') || stringAt(answer, 'metadata', 'uid'));
      }
      if (!request.isQuiet) report(invocation, info, request);
    } catch (error) {
      if (invocation.io.signal.aborted) throw error;
      errors.push(withSource('deleting', info.source, error as Error));
    }
  }
  throwJoined(
    request.ignoresMissing
      ? errors.filter((error) => !(error instanceof ApiError && error.reason === 'NotFound'))
      : errors,
  );
  if (infos.length === 0) {
    invocation.print('No resources found\n');
    return;
  }
  if (request.waits && dryRun === 'none') await waitForAll(invocation, infos, uids, request.timeoutMs || weekMs);
}

function report(invocation: Invocation, info: ResourceInfo, { deletion, dryRun, output }: DeleteRequest): void {
  const kind = kindNameOf(info.mapping);
  if (output === 'name') {
    invocation.print(`${kind}/${info.name}\n`);
    return;
  }
  const operation = deletion.gracePeriodSeconds === 0 ? 'force deleted' : 'deleted';
  const where = info.mapping.isNamespaced ? ` from ${info.namespace} namespace` : '';
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  invocation.print(`${kind} "${info.name}" ${operation}${where}${suffix}\n`);
}

async function waitForAll(
  invocation: Invocation,
  infos: readonly ResourceInfo[],
  uids: ReadonlyMap<ResourceInfo, string>,
  timeoutMs: number,
): Promise<void> {
  const deadline = new Deadline(invocation, timeoutMs);
  const errors: Error[] = [];
  try {
    for (const info of infos) {
      const uid = uids.get(info);
      try {
        await waitForDeletion(invocation, info, deadline, { ...(uid && { uid }) });
      } catch (error) {
        if (invocation.io.signal.aborted) throw error;
        // Whoever may not look need not wait.
        const isBarred =
          error instanceof ApiError && (error.reason === 'Forbidden' || error.reason === 'MethodNotAllowed');
        if (!isBarred) errors.push(error as Error);
      }
    }
  } finally {
    deadline.end();
  }
  throwJoined(errors);
}
