/**
 * What the API server asks of a kubelet.
 * Upstream: pkg/kubelet/server/server.go, pkg/kubelet/kubelet_pods.go
 */
import type { VirtualClock } from '../../../kernel/index.ts';
import { badRequest, ApiError } from '../../../api/index.ts';
import { goQuote } from '../../../api/json.ts';
import type { Network } from '../../network/index.ts';
import type { KubeletServer } from '../kubelet-server.ts';
import { readLog } from '../logs/read-log.ts';
import type { PodWorker } from '../pod-worker.ts';
import type { Container } from '../runtime/container.ts';
import { attach, exec } from './remote-process.ts';
import { forwardPort } from './port-forward.ts';

export function serveKubelet(
  find: (podUid: string) => PodWorker | undefined,
  network: Network,
  clock: VirtualClock,
): KubeletServer {
  return {
    logs: (request) => {
      const worker = find(request.podUid);
      if (!worker) throw new ApiError(404, 'NotFound', 'pod not found on this node');
      return readLog(logOf(worker, request.container, request.previous).log, request);
    },
    exec: (request) => exec(runningContainer(find(request.podUid), request.container), request),
    attach: (request) => attach(runningContainer(find(request.podUid), request.container), request),
    portForward: (podUid, port) => forwardPort(network, clock, podUid, port),
  };
}

function runningContainer(worker: PodWorker | undefined, name: string): Container {
  const container = worker?.state.runtime.latest(name);
  if (container?.state === 'running') return container;
  throw new ApiError(404, 'NotFound', `unable to upgrade connection: container not found (${goQuote(name)})`);
}

/** The container whose log is meant, or why there is none to read. */
function logOf(worker: PodWorker, name: string, wantsPrevious: boolean): Container {
  const { state, status } = worker;
  const podName = state.pod.metadata.name;
  const what = `container ${goQuote(name)} in pod ${goQuote(podName)}`;
  if (!state.specOf(name)) throw badRequest(`${what} is not available`);
  const latest = state.runtime.latest(name);
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const known = all.find((each) => each.name === name);
  if (wantsPrevious) {
    const last = known?.lastState?.terminated?.containerID;
    const previous = [latest, state.runtime.previous(name)].find((each) => each && last?.endsWith(each.id));
    if (!previous)
      throw badRequest(`previous terminated container ${goQuote(name)} in pod ${goQuote(podName)} not found`);
    return previous;
  }
  // A container that only just runs is not in the status yet, but has a log.
  if (latest && latest.state !== 'created') return latest;
  const waiting = known?.state?.waiting?.reason;
  if (waiting === 'ErrImagePull') throw badRequest(`${what} is waiting to start: image can't be pulled`);
  if (waiting === 'ImagePullBackOff') throw badRequest(`${what} is waiting to start: trying and failing to pull image`);
  throw badRequest(`${what} is waiting to start: ${waiting ?? 'ContainerCreating'}`);
}
