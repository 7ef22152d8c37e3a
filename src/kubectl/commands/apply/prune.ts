import type { DryRun, Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { printerOf } from '../../printers/print-flags.ts';
import { stringAt } from '../../resource/json.ts';
import { lastAppliedOf } from '../../resource/last-applied.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { nameOf } from '../../resource/unstructured.ts';
import { NoMatchError, type RestMapping } from '../../rest/rest-mapper.ts';
import { deletionOptions } from '../delete/deletion-options.ts';

/** What is pruned unless `--prune-allowlist` says otherwise: `group/version/kind`. */
const namespaced = [
  'core/v1/ConfigMap',
  'core/v1/Endpoints',
  'core/v1/PersistentVolumeClaim',
  'core/v1/Pod',
  'core/v1/ReplicationController',
  'core/v1/Secret',
  'core/v1/Service',
  'batch/v1/Job',
  'batch/v1/CronJob',
  'networking.k8s.io/v1/Ingress',
  'apps/v1/DaemonSet',
  'apps/v1/Deployment',
  'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet',
];
const clusterWide = ['core/v1/Namespace', 'core/v1/PersistentVolume'];

/** Deletes what was applied earlier and is in the files no more. Upstream: kubectl/pkg/cmd/apply/prune.go */
export async function pruneResources(
  invocation: Invocation,
  applied: readonly ResourceInfo[],
  dryRun: DryRun,
): Promise<void> {
  const { flags } = invocation;
  const mappings = await mappingsOf(invocation);
  const keptUids = new Set(applied.map((info) => stringAt(info.object, 'metadata', 'uid')));
  const config = await invocation.config();
  const namespaces = new Set(applied.filter((info) => info.mapping.isNamespaced).map((info) => info.namespace));
  if (config.isNamespaceExplicit) namespaces.add(config.namespace);
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: `pruned${suffix}` });
  const { body } = deletionOptions(invocation, flags.getNumber('grace-period'));
  const prune = async (namespace: string, mapping: RestMapping) => {
    const client = await invocation.resource(mapping);
    const selector = flags.getString('selector');
    for (const object of await client.listAll(namespace, { ...(selector && { labelSelector: selector }) })) {
      if (lastAppliedOf(object) === undefined || keptUids.has(stringAt(object, 'metadata', 'uid'))) continue;
      const whole = {
        apiVersion: mapping.group ? `${mapping.group}/${mapping.version}` : mapping.version,
        kind: mapping.kind,
        ...object,
      };
      if (dryRun !== 'client') {
        await client.delete(namespace, nameOf(object), { ...body, ...(dryRun === 'server' && { dryRun: ['All'] }) });
      }
      invocation.print(printer.print(whole));
    }
  };
  for (const namespace of namespaces) {
    for (const mapping of mappings.filter((each) => each.isNamespaced)) await prune(namespace, mapping);
  }
  for (const mapping of mappings.filter((each) => !each.isNamespaced)) await prune('', mapping);
}

async function mappingsOf(invocation: Invocation): Promise<RestMapping[]> {
  const listed = invocation.flags.getStrings('prune-allowlist');
  const mappings: RestMapping[] = [];
  for (const text of listed.length > 0 ? listed : [...namespaced, ...clusterWide]) {
    const parts = text.split('/');
    if (parts.length !== 3) {
      throw new CommandError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
    }
    const [group, version, kind] = parts as [string, string, string];
    try {
      mappings.push(await invocation.mappingForKind(group === 'core' ? '' : group, kind, version));
    } catch (error) {
      // A cluster need not have every type of the default list.
      if (!(error instanceof NoMatchError) || listed.length > 0) throw error;
    }
  }
  return mappings;
}
