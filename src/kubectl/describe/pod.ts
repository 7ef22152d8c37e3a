import type { Pod } from '../../api/generated/types.ts';
import { controllerOf } from '../../api/index.ts';
import { writeContainers, writeResources, writeSeccomp } from './containers.ts';
import type { Describer } from './describer.ts';
import { fieldsOf } from './environment.ts';
import { writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels, writeSpreadConstraints, writeTolerations } from './lists.ts';
import { DescribePage } from './page.ts';
import { ageOf, rfc1123 } from './time.ts';
import { writeVolumes } from './volumes.ts';

/** Upstream: kubectl/pkg/describe/describe.go describePod */
export const describePod: Describer<Pod> = async (pod, context) => {
  const page = new DescribePage();
  writeHead(page, pod);
  writeState(page, pod, context.nowMs);
  writeAddresses(page, pod);
  writeAllContainers(page, pod);
  writeConditions(page, pod);
  writeVolumes(page, pod.spec.volumes, '');
  page.field(0, 'QoS Class', pod.status.qosClass ?? '');
  writeLabels(page, 'Node-Selectors', pod.spec.nodeSelector);
  writeTolerations(page, 'Tolerations', pod.spec.tolerations);
  writeSpreadConstraints(page, pod.spec.topologySpreadConstraints, '');
  const { namespace, name, uid, annotations } = pod.metadata;
  // The kubelet reports about a mirror pod under the identity of the file it mirrors.
  await writeEventsAbout(page, context, { namespace, name, uid: annotations?.['kubernetes.io/config.mirror'] ?? uid });
  return page.end();
};

function writeHead(page: DescribePage, { metadata, spec, status }: Pod): void {
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  if (spec.priority !== undefined) page.field(0, 'Priority', spec.priority);
  if (spec.priorityClassName) page.field(0, 'Priority Class Name', spec.priorityClassName);
  if (spec.runtimeClassName) page.field(0, 'Runtime Class Name', spec.runtimeClassName);
  if (spec.serviceAccountName) page.field(0, 'Service Account', spec.serviceAccountName);
  page.field(0, 'Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>');
  if (status.startTime) page.field(0, 'Start Time', rfc1123(status.startTime));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
}

function writeState(page: DescribePage, { metadata, spec, status }: Pod, nowMs: number): void {
  const isOver = status.phase === 'Failed' || status.phase === 'Succeeded';
  if (metadata.deletionTimestamp && !isOver) {
    page.field(0, 'Status', `Terminating (lasts ${ageOf(metadata.deletionTimestamp, nowMs)})`);
    page.field(0, 'Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else page.field(0, 'Status', status.phase ?? '');
  if (status.reason) page.field(0, 'Reason', status.reason);
  if (status.message) page.field(0, 'Message', status.message);
  writeSeccomp(page, spec.securityContext?.seccompProfile, 0);
}

function writeAddresses(page: DescribePage, pod: Pod): void {
  const { podIP, podIPs, nominatedNodeName } = pod.status;
  page.field(0, 'IP', podIP ?? '');
  if (podIPs?.length) {
    page.write(0, 'IPs:\n');
    for (const { ip } of podIPs) page.field(1, 'IP', ip);
  } else page.field(0, 'IPs', '<none>');
  const owner = controllerOf(pod);
  if (owner) page.field(0, 'Controlled By', `${owner.kind}/${owner.name}`);
  if (nominatedNodeName) page.field(0, 'NominatedNodeName', nominatedNodeName);
}

function writeAllContainers(page: DescribePage, pod: Pod): void {
  const { spec, status } = pod;
  const details = { resolveField: fieldsOf(pod), indent: '' };
  if (spec.resources) {
    page.write(0, 'Resources:\n');
    writeResources(page, spec.resources, 1);
  }
  if (spec.initContainers?.length) {
    writeContainers(page, 'Init Containers', spec.initContainers, {
      ...details,
      statuses: status.initContainerStatuses ?? [],
    });
  }
  writeContainers(page, 'Containers', spec.containers, { ...details, statuses: status.containerStatuses ?? [] });
  if (spec.ephemeralContainers?.length) {
    const statuses = status.ephemeralContainerStatuses ?? [];
    writeContainers(page, 'Ephemeral Containers', spec.ephemeralContainers, { ...details, statuses });
  }
}

function writeConditions(page: DescribePage, { spec, status }: Pod): void {
  const conditions = status.conditions ?? [];
  if (spec.readinessGates?.length) {
    page.write(0, 'Readiness Gates:\n  Type\tStatus\n');
    for (const { conditionType } of spec.readinessGates) {
      const condition = conditions.find(({ type }) => type === conditionType);
      page.write(1, `${conditionType} \t${condition?.status ?? '<none>'} \n`);
    }
  }
  if (conditions.length === 0) return;
  page.write(0, 'Conditions:\n  Type\tStatus\n');
  for (const { type, status: value } of conditions) page.write(1, `${type} \t${value} \n`);
}
