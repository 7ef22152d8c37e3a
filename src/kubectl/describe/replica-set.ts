import type { DaemonSet, Pod, ReplicaSet, StatefulSet } from '../../api/generated/types.ts';
import { controllerOf, formatLabelSelector } from '../../api/index.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { writePodTemplate } from './pod-template.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeReplicaSet */
export const describeReplicaSet: Describer<ReplicaSet> = async (replicaSet, context) => {
  const { metadata, spec, status } = replicaSet;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'Selector', formatLabelSelector(spec.selector));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  const owner = controllerOf(replicaSet);
  if (owner) page.field(0, 'Controlled By', `${owner.kind}/${owner.name}`);
  page.field(0, 'Replicas', `${status.replicas ?? 0} current / ${spec.replicas ?? 0} desired`);
  page.field(0, 'Pods Status', await podPhases(replicaSet, context));
  writePodTemplate(page, spec.template ?? {});
  writeWorkloadConditions(page, status.conditions);
  await writeEventsAbout(page, context, aboutObject(replicaSet));
  return page.end();
};

interface WorkloadCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

export function writeWorkloadConditions(
  page: DescribePage,
  conditions: readonly WorkloadCondition[] | undefined,
): void {
  if (!conditions?.length) return;
  page.write(0, 'Conditions:\n  Type\tStatus\tReason\n');
  page.write(1, '----\t------\t------\n');
  for (const { type, status, reason } of conditions) page.write(1, `${type} \t${status}\t${reason ?? ''}\n`);
}

/** How many of the controller's pods are in each phase. */
export async function podPhases(
  owner: ReplicaSet | DaemonSet | StatefulSet,
  context: DescribeContext,
): Promise<string> {
  let pods: readonly Pod[];
  try {
    const labelSelector = formatLabelSelector(owner.spec.selector);
    pods = await context.list<Pod>(`/api/v1/namespaces/${owner.metadata.namespace}/pods`, { labelSelector });
  } catch (error) {
    return `error in fetching pods: ${error instanceof Error ? error.message : String(error)}`;
  }
  const phases = pods.filter((pod) => controllerOf(pod)?.uid === owner.metadata.uid).map((pod) => pod.status.phase);
  const count = (phase: string) => phases.filter((other) => other === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}
