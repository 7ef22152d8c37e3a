import type { Container, Node, Pod } from '../../../api/generated/types.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { findContainer } from '../../pods/containers.ts';
import { withContainer, withProfile, type KeptParts } from './profiles.ts';

/** A pod to look into something with, and the container in it; none when only images were changed. */
export interface DebugPod {
  readonly pod: Pod;
  readonly container: string | undefined;
}

/** What the flags say, as far as pods are concerned. */
export interface DebugRequest {
  readonly container: string;
  readonly image: string;
  readonly setImages: ReadonlyMap<string, string>;
  readonly copyTo: string;
  /** The fields that the container gets from the flags. */
  readonly fields: Partial<Container>;
  readonly env: Container['env'];
  readonly command: readonly string[];
  readonly isArgumentsOnly: boolean;
  readonly target: string;
  readonly profile: string;
  readonly kept: KeptParts;
  readonly sharesProcesses: boolean | undefined;
  readonly staysOnNode: boolean;
}

/** The pod with one container more, which can be added while it runs. */
export function withEphemeralContainer(invocation: Invocation, pod: Pod, request: DebugRequest): DebugPod {
  const name = debugContainerName(invocation, pod, request);
  const container = {
    ...newContainer(name, request),
    resources: {},
    ...(request.target !== '' && { targetContainerName: request.target }),
  };
  const extended: Pod = {
    ...pod,
    spec: { ...pod.spec, ephemeralContainers: [...(pod.spec.ephemeralContainers ?? []), container] },
  };
  return { pod: withProfile(extended, name, 'ephemeral', request.profile, request.kept), container: name };
}

/** A privileged pod on the node, in its namespaces. */
export function podOnNode(invocation: Invocation, node: Node, request: DebugRequest): DebugPod {
  const container = request.container || 'debugger';
  const name = `node-debugger-${node.metadata.name}-${randomSuffix()}`;
  if (!invocation.flags.getBool('quiet')) {
    invocation.print(`Creating debugging pod ${name} with container ${container} on node ${node.metadata.name}.\n`);
  }
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      containers: [newContainer(container, request)],
      nodeName: node.metadata.name,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
  } as unknown as Pod;
  return { pod: withProfile(pod, container, 'node', request.profile, request.kept), container };
}

/** Another pod like it, with a container added or changed. */
export function copyOf(invocation: Invocation, original: Pod, request: DebugRequest): DebugPod {
  const { ephemeralContainers: _, nodeName, ...spec } = original.spec;
  const { namespace, labels, annotations } = original.metadata;
  const { sharesProcesses, staysOnNode, setImages } = request;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: request.copyTo, namespace, ...(annotations && { annotations }), ...(labels && { labels }) },
    spec: {
      ...spec,
      ...(staysOnNode && nodeName !== undefined && { nodeName }),
      ...(sharesProcesses !== undefined && { shareProcessNamespace: sharesProcesses }),
      containers: spec.containers.map((container) => {
        const image = setImages.get(container.name) ?? setImages.get('*');
        return image ? { ...container, image } : container;
      }),
    },
  } as unknown as Pod;
  const existing = findContainer(pod, request.container);
  if (!existing && request.image === '') {
    if (setImages.size > 0) return { pod, container: undefined };
    throw new CommandError('you must specify image when creating new container');
  }
  const name = existing?.name ?? debugContainerName(invocation, pod, request);
  const blank = { name, terminationMessagePolicy: 'File', resources: {} } as Container;
  const extended = existing ? pod : { ...pod, spec: { ...pod.spec, containers: [...pod.spec.containers, blank] } };
  const changed = withContainer(extended, name, (container) => changedContainer(container, request));
  return { pod: withProfile(changed, name, 'copy', request.profile, request.kept), container: name };
}

function newContainer(name: string, request: DebugRequest): Container {
  const { command, isArgumentsOnly, env, image, fields } = request;
  return {
    name,
    image,
    ...fields,
    ...(env && { env }),
    ...(command.length > 0 && { [isArgumentsOnly ? 'args' : 'command']: [...command] }),
    terminationMessagePolicy: 'File',
  };
}

function changedContainer(container: Container, request: DebugRequest): Container {
  const { command, isArgumentsOnly, env, image, fields } = request;
  const { stdin: _stdin, tty: _tty, ...rest } = container;
  const changed: Container = { ...rest, ...fields, ...(env && { env }), ...(image !== '' && { image }) };
  if (command.length === 0) return changed;
  if (isArgumentsOnly) return { ...changed, args: [...command] };
  const { args: _, ...withoutArgs } = changed;
  return { ...withoutArgs, command: [...command] };
}

function debugContainerName(invocation: Invocation, pod: Pod, request: DebugRequest): string {
  if (request.container !== '') return request.container;
  let name = '';
  while (name === '' || findContainer(pod, name)) name = `debugger-${randomSuffix()}`;
  if (!invocation.flags.getBool('quiet')) invocation.print(`Defaulting debug container name to ${name}.\n`);
  return name;
}

/** Five of the letters that make no words. Upstream: apimachinery/pkg/util/rand */
function randomSuffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from({ length: 5 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
}
