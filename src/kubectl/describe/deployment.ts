import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../api/generated/types.ts';
import { controllerOf, formatLabelSelector, jsonEqual, parseRfc3339 } from '../../api/index.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { compareText, writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { writePodTemplate } from './pod-template.ts';
import { writeWorkloadConditions } from './replica-set.ts';
import { rfc1123 } from './time.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeDeployment */
export const describeDeployment: Describer<Deployment> = async (deployment, context) => {
  const { metadata, spec, status } = deployment;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Selector', formatLabelSelector(spec.selector));
  page.field(0, 'Replicas', replicasText(deployment));
  page.field(0, 'StrategyType', spec.strategy?.type ?? '');
  page.field(0, 'MinReadySeconds', spec.minReadySeconds ?? 0);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling) {
    page.field(0, 'RollingUpdateStrategy', `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`);
  }
  writePodTemplate(page, spec.template);
  writeWorkloadConditions(page, status.conditions);
  await writeReplicaSets(page, deployment, context);
  await writeEventsAbout(page, context, aboutObject(deployment));
  return page.end();
};

function replicasText({ spec, status }: Deployment): string {
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0 } = status;
  const there = `${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`;
  return `${spec.replicas ?? 0} desired | ${there}`;
}

async function writeReplicaSets(page: DescribePage, deployment: Deployment, context: DescribeContext): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${deployment.metadata.namespace}/replicasets`;
  const labelSelector = formatLabelSelector(deployment.spec.selector);
  const all = await context.list<ReplicaSet>(path, { labelSelector }).catch(() => []);
  const owned = all.filter((replicaSet) => controllerOf(replicaSet)?.uid === deployment.metadata.uid);
  if (owned.length === 0) return;
  const newest = newReplicaSet(deployment, owned);
  const old = owned.filter((replicaSet) => replicaSet !== newest);
  page.field(0, 'OldReplicaSets', replicaSetsText(old));
  page.field(0, 'NewReplicaSet', replicaSetsText(newest ? [newest] : []));
}

/** The oldest ReplicaSet that has the deployment's template. Upstream: deploymentutil.FindNewReplicaSet */
export function newReplicaSet(deployment: Deployment, owned: readonly ReplicaSet[]): ReplicaSet | undefined {
  const created = (replicaSet: ReplicaSet) => parseRfc3339(replicaSet.metadata.creationTimestamp) ?? 0;
  return [...owned]
    .sort((a, b) => created(a) - created(b) || compareText(a.metadata.name, b.metadata.name))
    .find((replicaSet) =>
      jsonEqual(withoutHash(replicaSet.spec.template ?? {}), withoutHash(deployment.spec.template)),
    );
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

function replicaSetsText(replicaSets: readonly ReplicaSet[]): string {
  const texts = replicaSets.map(
    ({ metadata, spec, status }) => `${metadata.name} (${status.replicas ?? 0}/${spec.replicas ?? 0} replicas created)`,
  );
  return texts.join(', ') || '<none>';
}
