import type { Pod } from '../../api/generated/types.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import type { FilenameOptions } from '../resource/file-sources.ts';
import { buildResources } from '../resource/resource-builder.ts';
import type { ResourceInfo } from '../resource/resource-info.ts';
import { byActivity, podsOfWorkload } from './pods-of-workload.ts';

/** What `POD` or `TYPE/NAME` names. */
export async function namedResource(
  invocation: Invocation,
  argument: string | undefined,
  filenames?: FilenameOptions,
): Promise<readonly ResourceInfo[]> {
  const config = await invocation.config();
  const { infos, error } = await buildResources(invocation, {
    arguments: argument === undefined ? [] : argument.includes('/') ? [argument] : ['pods', argument],
    ...(filenames && { filenames, enforcesNamespace: config.isNamespaceExplicit, fetchesLatest: true }),
    namespace: config.namespace,
    flattens: true,
  });
  if (error) throw error;
  return infos;
}

/** The pod that a command is to run in. Upstream: kubectl/pkg/polymorphichelpers/attachablepodforobject.go */
export async function attachablePod(invocation: Invocation, info: ResourceInfo, timeoutMs: number): Promise<Pod> {
  if (info.mapping.kind === 'Pod' && info.mapping.group === '') return info.object as unknown as Pod;
  const pods = await podsOfWorkload(invocation, info, byActivity, timeoutMs, 'cannot attach to');
  const [first] = pods;
  if (!first) throw new CommandError('timed out waiting for the condition');
  return first;
}
