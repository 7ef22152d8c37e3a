import type { Container, LifecycleHandler, Probe, SELinuxOptions } from '../../../../api/generated/types.ts';
import {
  containersOf,
  exceptInUserNamespaces,
  namesOf,
  plural,
  quoted,
  settersOf,
  sorted,
  type Check,
  type VersionedCheck,
} from './check.ts';
import { seccompAnnotations, seccompTypes } from './seccomp.ts';

/** Upstream: k8s.io/pod-security-admission/policy/check_*.go */

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
const appArmorTypes = ['RuntimeDefault', 'Localhost'];

const appArmorProfile: Check = (pod) => {
  const own = pod.spec.securityContext?.appArmorProfile?.type;
  const isBad = (type: string | undefined): boolean => type !== undefined && !appArmorTypes.includes(type);
  const containers = containersOf(pod).filter(({ securityContext }) => isBad(securityContext?.appArmorProfile?.type));
  const annotations = Object.entries(pod.metadata.annotations ?? {})
    .filter(([key, value]) => key.startsWith(appArmorPrefix) && !/^(?:$|runtime\/default$|localhost\/)/.test(value))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const types = [own, ...containers.map(({ securityContext }) => securityContext!.appArmorProfile!.type)].filter(isBad);
  const values = [...sorted(types as string[]), ...annotations.toSorted()];
  const setters = [
    ...(isBad(own) || containers.length > 0 ? [settersOf(isBad(own), containers)] : []),
    ...(annotations.length > 0 ? [plural(annotations.length, 'annotation')] : []),
  ];
  if (setters.length === 0) return undefined;
  return {
    reason: plural(values.length, 'forbidden AppArmor profile'),
    detail: `${setters.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
  };
};

const usualCapabilities = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);

const capabilities: Check = (pod) => {
  const unusual = ({ securityContext }: Container): readonly string[] =>
    (securityContext?.capabilities?.add ?? []).filter((name) => !usualCapabilities.has(name));
  const bad = containersOf(pod).filter((container) => unusual(container).length > 0);
  if (bad.length === 0) return undefined;
  const names = quoted(sorted(bad.flatMap(unusual)));
  const detail = `${namesOf(bad)} must not include ${names} in securityContext.capabilities.add`;
  return { reason: 'non-default capabilities', detail };
};

const hostNamespaces: Check = ({ spec }) => {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field]);
  if (shared.length === 0) return undefined;
  return { reason: 'host namespaces', detail: shared.map((field) => `${field}=true`).join(', ') };
};

const hostPathVolumes: Check = ({ spec }) => {
  const bad = (spec.volumes ?? []).filter(({ hostPath }) => hostPath).map(({ name }) => name);
  if (bad.length === 0) return undefined;
  return { reason: 'hostPath volumes', detail: `${plural(bad.length, 'volume')} ${quoted(bad)}` };
};

const hostPorts: Check = (pod) => {
  const portsOf = ({ ports = [] }: Container) => ports.flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
  const bad = containersOf(pod).filter((container) => portsOf(container).length > 0);
  if (bad.length === 0) return undefined;
  const ports = sorted(bad.flatMap(portsOf));
  const verb = plural(bad.length, 'uses', 'use');
  return {
    reason: 'hostPort',
    detail: `${namesOf(bad)} ${verb} ${plural(ports.length, 'hostPort')} ${ports.join(', ')}`,
  };
};

const probeHosts: Check = (pod) => {
  const hostsOf = (handler: Probe | LifecycleHandler | undefined): readonly string[] =>
    [handler?.httpGet?.host, handler?.tcpSocket?.host].filter((host): host is string => Boolean(host));
  const allOf = ({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container): readonly string[] =>
    [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop].flatMap(hostsOf);
  const bad = containersOf(pod).filter((container) => allOf(container).length > 0);
  if (bad.length === 0) return undefined;
  const names = sorted(bad.map(({ name }) => name));
  const hosts = sorted(bad.flatMap(allOf));
  const noun = 'probe or lifecycle host';
  const subject = `${plural(names.length, 'container')} ${quoted(names)} ${plural(names.length, 'uses', 'use')}`;
  return { reason: noun, detail: `${subject} ${plural(hosts.length, noun)} ${quoted(hosts)}` };
};

const privileged: Check = (pod) => {
  const bad = containersOf(pod).filter(({ securityContext }) => securityContext?.privileged);
  if (bad.length === 0) return undefined;
  return { reason: 'privileged', detail: `${namesOf(bad)} must not set securityContext.privileged=true` };
};

export const procMount: Check = (pod) => {
  const mountOf = ({ securityContext }: Container): string => securityContext?.procMount ?? 'Default';
  const bad = containersOf(pod).filter((container) => mountOf(container) !== 'Default');
  if (bad.length === 0) return undefined;
  const types = quoted(sorted(bad.map(mountOf)));
  return { reason: 'procMount', detail: `${namesOf(bad)} must not set securityContext.procMount to ${types}` };
};

const seLinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

function seLinuxOptions(types: readonly string[]): Check {
  const isBad = (options: SELinuxOptions | undefined): boolean =>
    options !== undefined && (!types.includes(options.type ?? '') || Boolean(options.user) || Boolean(options.role));
  return (pod) => {
    const own = pod.spec.securityContext?.seLinuxOptions;
    const containers = containersOf(pod).filter(({ securityContext }) => isBad(securityContext?.seLinuxOptions));
    const bad = [own, ...containers.map(({ securityContext }) => securityContext!.seLinuxOptions)].filter(isBad);
    if (bad.length === 0) return undefined;
    const badTypes = sorted(bad.flatMap((options) => (types.includes(options!.type ?? '') ? [] : [options!.type!])));
    const data = [
      ...(badTypes.length > 0 ? [`${plural(badTypes.length, 'type')} ${quoted(badTypes)}`] : []),
      ...(bad.some((options) => options!.user) ? ['user may not be set'] : []),
      ...(bad.some((options) => options!.role) ? ['role may not be set'] : []),
    ];
    const setters = settersOf(isBad(own), containers);
    return {
      reason: 'seLinuxOptions',
      detail: `${setters} set forbidden securityContext.seLinuxOptions: ${data.join('; ')}`,
    };
  };
}

const oldSysctls =
  'kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.tcp_syncookies net.ipv4.ping_group_range net.ipv4.ip_unprivileged_port_start'.split(
    ' ',
  );
const sysctls27 = [...oldSysctls, 'net.ipv4.ip_local_reserved_ports'];
const sysctls29 = [
  ...sysctls27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const sysctls32 = [...sysctls29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

function sysctls(allowed: readonly string[]): Check {
  return ({ spec }) => {
    const bad = (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter((name) => !allowed.includes(name));
    return bad.length > 0 ? { reason: 'forbidden sysctls', detail: bad.join(', ') } : undefined;
  };
}

const windowsHostProcess: Check = (pod) => {
  const own = pod.spec.securityContext?.windowsOptions?.hostProcess === true;
  const bad = containersOf(pod).filter(({ securityContext }) => securityContext?.windowsOptions?.hostProcess);
  if (!own && bad.length === 0) return undefined;
  const detail = `${settersOf(own, bad)} must not set securityContext.windowsOptions.hostProcess=true`;
  return { reason: 'hostProcess', detail };
};

export const baselineChecks: readonly VersionedCheck[] = [
  { id: 'appArmorProfile', versions: [[0, appArmorProfile]] },
  { id: 'capabilities_baseline', versions: [[0, capabilities]] },
  { id: 'hostNamespaces', versions: [[0, hostNamespaces]] },
  { id: 'hostPathVolumes', versions: [[0, hostPathVolumes]] },
  { id: 'hostPorts', versions: [[0, hostPorts]] },
  { id: 'hostProbesAndHostLifecycle', versions: [[34, probeHosts]] },
  { id: 'privileged', versions: [[0, privileged]] },
  {
    id: 'procMount',
    versions: [
      [0, procMount],
      [35, exceptInUserNamespaces(procMount)],
    ],
  },
  {
    id: 'seLinuxOptions',
    versions: [
      [0, seLinuxOptions(seLinuxTypes)],
      [31, seLinuxOptions([...seLinuxTypes, 'container_engine_t'])],
    ],
  },
  {
    id: 'seccompProfile_baseline',
    versions: [
      [0, seccompAnnotations],
      [19, seccompTypes],
    ],
  },
  {
    id: 'sysctls',
    versions: [
      [0, sysctls(oldSysctls)],
      [27, sysctls(sysctls27)],
      [29, sysctls(sysctls29)],
      [32, sysctls(sysctls32)],
    ],
  },
  { id: 'windowsHostProcess', versions: [[0, windowsHostProcess]] },
];
