/**
 * Everything that the runtime has to know to create a container.
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go generateContainerConfig
 */
import type { RandomStream } from '../../../kernel/index.ts';
import type { Container as ContainerSpec, Probe } from '../../../api/generated/types.ts';
import type { FoundImage } from '../images/image-store.ts';
import type { PodState } from '../pod-state.ts';
import { environmentOf } from '../environment/environment.ts';
import { expand } from '../environment/expand.ts';
import { hostnameOf, hostsFile, resolvConf } from '../environment/network-files.ts';
import { userOf, verifyNonRoot } from '../environment/container-user.ts';
import type { ContainerConfig } from '../runtime/container.ts';
import { buildContainerFiles, makePodFiles } from '../runtime/container-files.ts';

/** The ports on which a program of which only the image's name is known may be expected to listen. */
export function listensOn({ ports, startupProbe, livenessProbe, readinessProbe }: ContainerSpec): readonly number[] {
  const declared = (ports ?? [])
    .filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP')
    .map((port) => port.containerPort);
  const probed = [startupProbe, livenessProbe, readinessProbe].flatMap((probe) => portsOf(probe));
  return [...new Set([...declared, ...probed])];
}

function portsOf(probe: Probe | undefined): readonly number[] {
  const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
  return typeof port === 'number' ? [port] : [];
}

/** Throws ConfigError when something is missing. */
export function containerConfigOf(state: PodState, spec: ContainerSpec, found: FoundImage): ContainerConfig {
  const { pod, parts, runtime, volumes } = state;
  const { image, tag, digest } = found;
  const imageConfig = image.config(tag);
  const imageFiles = image.files(tag);
  const network = runtime.network!;
  const addresses = { podIP: network.podIP, hostIP: network.hostIP };
  const own = environmentOf({ pod, container: spec, addresses, config: parts.config, allocatable: parts.allocatable });
  verifyNonRoot(pod, spec, imageConfig.user);
  const user = userOf(pod, spec, imageConfig.user, imageFiles);
  const hostname = hostnameOf(pod, parts.node.name);
  const environment = new Map([
    ...Object.entries(imageConfig.environment),
    ...(spec.tty ? [['TERM', 'xterm'] as const] : []),
    ['HOSTNAME', hostname] as const,
    ...(user.home === '/' ? [] : [['HOME', user.home] as const]),
    ...own,
  ]);
  const commandLine = [
    ...(spec.command ?? imageConfig.entrypoint ?? []),
    ...(spec.args ?? (spec.command ? [] : (imageConfig.command ?? []))),
  ];
  return {
    id: containerId(parts.random),
    name: spec.name,
    attempt: (runtime.latest(spec.name)?.attempt ?? -1) + 1,
    requestedImage: spec.image ?? '',
    image: `${image.repository}:${tag}`,
    imageID: `${image.repository}@${digest}`,
    hostname,
    argv: commandLine.map((word) => expand(word, own)),
    environment,
    workingDirectory: spec.workingDir || imageConfig.workingDirectory || '/',
    user,
    stdin: spec.stdin ?? false,
    stdinOnce: spec.stdinOnce ?? false,
    tty: spec.tty ?? false,
    stopSignal: imageConfig.stopSignal ?? 'SIGTERM',
    terminationMessagePath: spec.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: spec.terminationMessagePolicy ?? 'File',
    imageFiles,
    mountPaths: (spec.volumeMounts ?? []).map(({ mountPath }) => mountPath),
    buildFiles: () =>
      buildContainerFiles({
        clock: parts.clock,
        container: spec,
        imageFiles,
        volumes,
        environment,
        devices: parts.devices,
        pod: (state.files ??= makePodFiles((name) => {
          if (name === 'hosts') return hostsFile(pod, network.podIP, parts.node.name);
          return name === 'hostname' ? `${hostname}\n` : resolvConf(pod);
        }, parts.clock)),
      }),
    openNetwork: (files) => network.openStack(files),
  };
}

function containerId(random: RandomStream): string {
  return random.text(64, '0123456789abcdef');
}
