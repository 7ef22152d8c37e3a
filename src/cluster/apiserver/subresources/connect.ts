import { badRequest } from '../../../api/index.ts';
import type { Pod } from '../../../api/generated/types.ts';
import type { RemoteSession } from '../api-request.ts';
import type { Scope } from '../verbs/scope.ts';
import type { Kubelets } from './kubelets.ts';
import { chooseContainer } from './pod-container.ts';

/**
 * exec, attach and port-forward: from here on client and kubelet talk to each other.
 * Upstream: pkg/registry/core/pod/rest/subresources.go, strategy.go streamLocation
 */
export function connectToPod(scope: Scope<Pod>, kubelets: Kubelets): RemoteSession {
  const { info } = scope;
  const pod = scope.store.get(info.namespace, info.name);
  if (info.subresource === 'portforward') return forward(scope, pod, kubelets);
  const container = chooseContainer(pod, scope.query.text('container') ?? '');
  const kubelet = kubelets.of(nodeOf(pod));
  const streams = readStreams(scope);
  const request = { podUid: pod.metadata.uid, container, ...streams };
  if (info.subresource === 'attach') return { type: 'process', process: kubelet.attach(request), streams };
  const command = scope.query.all('command');
  if (command.length === 0) throw badRequest('you must specify at least one command for the container');
  return { type: 'process', process: kubelet.exec({ ...request, command }), streams };
}

function forward({ query }: Scope<Pod>, pod: Pod, kubelets: Kubelets): RemoteSession {
  const kubelet = kubelets.of(nodeOf(pod));
  if (pod.status?.phase !== 'Running') {
    throw badRequest(
      `unable to forward port because pod is not running. Current status=${pod.status?.phase ?? 'Pending'}`,
    );
  }
  const ports = query
    .all('ports')
    .flatMap((list) => list.split(','))
    .filter(Boolean)
    .map(Number);
  if (ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65_535))
    throw badRequest('invalid port in the query');
  return { type: 'portforward', ports, open: (port) => kubelet.portForward(pod.metadata.uid, port) };
}

function readStreams({ query }: Scope<Pod>): { stdin: boolean; stdout: boolean; stderr: boolean; tty: boolean } {
  const is = (name: string): boolean => query.boolean(name) ?? false;
  const tty = is('tty');
  // With a terminal, standard error goes where standard output goes.
  const streams = { stdin: is('stdin'), stdout: is('stdout'), stderr: is('stderr') && !tty, tty };
  if (!streams.stdin && !streams.stdout && !streams.stderr) {
    throw badRequest('you must specify at least 1 of stdin, stdout, stderr');
  }
  return streams;
}

function nodeOf(pod: Pod): string {
  const nodeName = pod.spec?.nodeName;
  if (!nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  return nodeName;
}
