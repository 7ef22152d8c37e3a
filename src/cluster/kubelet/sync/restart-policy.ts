/**
 * Whether a container that has ended is started again.
 * Upstream: pkg/api/v1/pod/util.go ContainerShouldRestart, pkg/kubelet/container/helpers.go ShouldContainerBeRestarted
 */
import type { Container, Pod } from '../../../api/generated/types.ts';
import type { ContainerRecord } from '../runtime/container-record.ts';

/** An init container that keeps running beside the others. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

export function shouldRestart(container: Container, { spec }: Pod, exitCode: number): boolean {
  for (const { action, exitCodes } of container.restartPolicyRules ?? []) {
    const isListed = exitCodes?.values?.includes(exitCode) ?? false;
    const matches = exitCodes?.operator === 'NotIn' ? !isListed : isListed;
    if (matches && action === 'Restart') return true;
  }
  const isInit = spec.initContainers?.includes(container) ?? false;
  const policy = container.restartPolicy ?? spec.restartPolicy ?? 'Always';
  if (policy === 'Never') return false;
  if (policy === 'OnFailure') return exitCode !== 0;
  // An ordinary init container is done when it has succeeded, whatever the pod's policy.
  return isInit && !isSidecar(container) ? exitCode !== 0 : true;
}

/** Whether the next sync starts it: it never ran, or it ended and may run again. */
export function shouldStart(container: Container, pod: Pod, record: ContainerRecord | undefined): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  if (!record || record.state === 'created') return true;
  return record.state === 'exited' && shouldRestart(container, pod, record.exitCode);
}
