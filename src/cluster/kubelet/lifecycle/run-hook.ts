/**
 * postStart and preStop.
 * Upstream: pkg/kubelet/lifecycle/handlers.go
 */
import type { Label, Routine, VirtualClock } from '../../../kernel/index.ts';
import { kubernetesVersion } from '../../../api/index.ts';
import type { Container as ContainerSpec, LifecycleHandler } from '../../../api/generated/types.ts';
import type { Network } from '../../network/index.ts';
import { portOf } from '../probes/run-probe.ts';
import type { Container } from '../runtime/container.ts';
import { runCommand } from '../runtime/start-process.ts';
import { pause } from '../task.ts';
import { httpGet } from './http-get.ts';

export interface HookTarget {
  readonly clock: VirtualClock;
  readonly label: Label;
  readonly network: Network;
  readonly nodeName: string;
  readonly podIP: string;
  readonly spec: ContainerSpec;
  readonly container: Container;
}

const hookUserAgent = `kube-lifecycle/${kubernetesVersion.major}.${kubernetesVersion.minor}`;

/** Says whether the hook succeeded. */
export function* runHook(handler: LifecycleHandler, target: HookTarget): Routine<boolean> {
  const { clock, label, network, nodeName, podIP, spec, container } = target;
  if (handler.exec) {
    const result = yield* runCommand(container, handler.exec.command ?? [], 1024);
    return 'code' in result && result.code === 0;
  }
  if (handler.httpGet) {
    const host = handler.httpGet.host || podIP;
    const port = portOf(handler.httpGet.port, spec);
    const request = { host, port, action: handler.httpGet, userAgent: hookUserAgent };
    const result = yield* httpGet(request, () => network.dialFromNode(nodeName, host, port));
    return 'status' in result && result.status >= 200 && result.status < 400;
  }
  if (handler.sleep) yield* pause(clock, handler.sleep.seconds * 1000, label);
  return true;
}
