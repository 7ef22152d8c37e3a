import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  Probe,
  ResourceRequirements,
  SeccompProfile,
} from '../../api/generated/types.ts';
import { goQuote } from '../../api/index.ts';
import { writeEnvironment, writeEnvironmentSources, type FieldResolver } from './environment.ts';
import { compareText } from './lists.ts';
import type { DescribePage } from './page.ts';
import { rfc1123 } from './time.ts';

/**
 * The containers of a pod, or of a template (which has no statuses).
 * Upstream: kubectl/pkg/describe/describe.go describeContainers
 */
export function writeContainers(
  page: DescribePage,
  title: string,
  containers: readonly Container[],
  details: {
    readonly statuses?: readonly ContainerStatus[];
    readonly resolveField?: FieldResolver;
    readonly indent: string;
  },
): void {
  page.write(0, `${details.indent}${title}:${containers.length === 0 ? ' <none>' : ''}\n`);
  for (const container of containers) {
    const status = details.statuses?.find(({ name }) => name === container.name);
    page.write(1, `${details.indent && ' '}${container.name}:\n`);
    writeBasics(page, container, status);
    writeWords(page, 'Command', container.command);
    writeWords(page, 'Args', container.args);
    if (status) writeStatus(page, status);
    writeResources(page, container.resources, 2);
    for (const [name, probe] of probesOf(container)) if (probe) page.field(2, name, probeText(probe));
    if (container.envFrom?.length) writeEnvironmentSources(page, container.envFrom);
    writeEnvironment(page, container, details.resolveField);
    writeMounts(page, container);
  }
}

function probesOf(container: Container): readonly (readonly [string, Probe | undefined])[] {
  return [
    ['Liveness', container.livenessProbe],
    ['Readiness', container.readinessProbe],
    ['Startup', container.startupProbe],
  ];
}

function writeBasics(page: DescribePage, container: Container, status: ContainerStatus | undefined): void {
  if (status) page.field(2, 'Container ID', status.containerID ?? '');
  page.field(2, 'Image', container.image ?? '');
  if (status) page.field(2, 'Image ID', status.imageID);
  writePorts(page, 'Port', container.ports, (port) => port.containerPort);
  writePorts(page, 'Host Port', container.ports, (port) => port.hostPort ?? 0);
  writeSeccomp(page, container.securityContext?.seccompProfile, 2);
}

/** @param level of the profile's type; the name of a local profile is one level deeper inside a container */
export function writeSeccomp(page: DescribePage, profile: SeccompProfile | undefined, level: number): void {
  if (!profile) return;
  page.field(level, 'SeccompProfile', profile.type);
  if (profile.type === 'Localhost') page.field(level === 0 ? 0 : 3, 'LocalhostProfile', profile.localhostProfile ?? '');
}

function writePorts(
  page: DescribePage,
  title: string,
  ports: readonly ContainerPort[] | undefined,
  numberOf: (port: ContainerPort) => number,
): void {
  const texts = (ports ?? []).map((port) => `${numberOf(port)}/${port.protocol}${port.name ? ` (${port.name})` : ''}`);
  page.field(2, texts.length > 1 ? `${title}s` : title, texts.join(', ') || '<none>');
}

function writeWords(page: DescribePage, title: string, words: readonly string[] | undefined): void {
  if (!words?.length) return;
  page.write(2, `${title}:\n`);
  for (const line of words.flatMap((word) => word.split('\n'))) page.write(3, `${line}\n`);
}

function writeStatus(page: DescribePage, status: ContainerStatus): void {
  writeState(page, 'State', status.state ?? {});
  if (status.lastState?.terminated) writeState(page, 'Last State', status.lastState);
  page.field(2, 'Ready', status.ready ? 'True' : 'False');
  page.field(2, 'Restart Count', status.restartCount);
}

function writeState(page: DescribePage, title: string, { running, waiting, terminated }: ContainerState): void {
  if (running) {
    page.field(2, title, 'Running');
    page.field(3, 'Started', rfc1123(running.startedAt));
  } else if (terminated) {
    page.field(2, title, 'Terminated');
    if (terminated.reason) page.field(3, 'Reason', terminated.reason);
    if (terminated.message) page.field(3, 'Message', terminated.message);
    page.field(3, 'Exit Code', terminated.exitCode);
    if (terminated.signal) page.field(3, 'Signal', terminated.signal);
    page.field(3, 'Started', rfc1123(terminated.startedAt));
    page.field(3, 'Finished', rfc1123(terminated.finishedAt));
  } else {
    page.field(2, title, 'Waiting');
    if (waiting?.reason) page.field(3, 'Reason', waiting.reason);
  }
}

export function writeResources(page: DescribePage, resources: ResourceRequirements | undefined, level: number): void {
  for (const [title, list] of [
    ['Limits', resources?.limits],
    ['Requests', resources?.requests],
  ] as const) {
    const names = Object.keys(list ?? {}).sort();
    if (names.length > 0) page.write(level, `${title}:\n`);
    for (const name of names) page.field(level + 1, name, list![name]!);
  }
}

/** `http-get http://:80/healthz delay=0s timeout=1s period=10s #success=1 #failure=3` */
export function probeText(probe: Probe): string {
  const times = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s`;
  const attributes = `${times} #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`;
  const { exec, httpGet, tcpSocket, grpc } = probe;
  if (exec) return `exec [${(exec.command ?? []).join(' ')}] ${attributes}`;
  if (httpGet) {
    const scheme = (httpGet.scheme ?? '').toLowerCase();
    const host = httpGet.host?.includes(':') ? `[${httpGet.host}]` : (httpGet.host ?? '');
    const path = httpGet.path && !httpGet.path.startsWith('/') ? `/${httpGet.path}` : (httpGet.path ?? '');
    return `http-get ${scheme && `${scheme}:`}//${host}:${httpGet.port}${encodeURI(path).replaceAll('?', '%3F')} ${attributes}`;
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${attributes}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

function writeMounts(page: DescribePage, { volumeMounts, volumeDevices }: Container): void {
  const mounts = [...(volumeMounts ?? [])].sort((a, b) => compareText(a.mountPath, b.mountPath));
  const none = mounts.length === 0 ? '\t<none>' : '';
  page.write(2, `Mounts:${none}\n`);
  for (const { mountPath, name, readOnly, subPath } of mounts) {
    const flags = [readOnly ? 'ro' : 'rw', ...(subPath ? [`path=${goQuote(subPath)}`] : [])].join(',');
    page.write(3, `${mountPath} from ${name} (${flags})\n`);
  }
  const devices = [...(volumeDevices ?? [])].sort((a, b) => compareText(a.devicePath, b.devicePath));
  if (devices.length === 0) return;
  page.write(2, `Devices:${none}\n`);
  for (const { devicePath, name } of devices) page.write(3, `${devicePath} from ${name}\n`);
}
