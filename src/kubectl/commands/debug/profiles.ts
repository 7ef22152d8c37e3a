import type { Container, Pod } from '../../../api/generated/types.ts';
import { CommandError } from '../../errors/command-error.ts';

/** How one looks into what is wrong: with a container in the pod itself, in a copy of the pod, or in a pod on the node. */
export type DebugStyle = 'ephemeral' | 'copy' | 'node';

/** What of the original stays in a copy. */
export interface KeptParts {
  readonly labels: boolean;
  readonly annotations: boolean;
  readonly livenessProbe: boolean;
  readonly readinessProbe: boolean;
  readonly startupProbe: boolean;
  readonly initContainers: boolean;
}

type SecurityContext = NonNullable<Container['securityContext']>;
type Change = (container: Container) => Container;

interface Profile {
  readonly container: Partial<Record<DebugStyle, Change>>;
  /** A node's file system at /host, and its namespaces. */
  readonly node: { readonly mountsRoot: boolean; readonly usesHost: boolean };
}

const traces = adding('SYS_PTRACE');
const administersNetwork = adding('NET_ADMIN', 'NET_RAW');
const isPrivileged = securing((context) => ({ ...context, privileged: true }));
const isPlain: Change = (container) => withoutFields(container, ['securityContext']);
const isRestricted: Change = (container) => ({
  ...container,
  securityContext: {
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    allowPrivilegeEscalation: false,
    seccompProfile: { type: 'RuntimeDefault' },
  },
});

const onAll = (change: Change) => ({ ephemeral: change, copy: change, node: change });

/** Upstream: kubectl/pkg/cmd/debug/profiles.go */
const profiles: ReadonlyMap<string, Profile> = new Map<string, Profile>([
  ['legacy', { container: {}, node: { mountsRoot: true, usesHost: true } }],
  [
    'general',
    { container: { ephemeral: traces, copy: traces, node: isPlain }, node: { mountsRoot: true, usesHost: true } },
  ],
  ['baseline', { container: onAll(isPlain), node: { mountsRoot: false, usesHost: false } }],
  ['restricted', { container: onAll(isRestricted), node: { mountsRoot: false, usesHost: false } }],
  ['netadmin', { container: onAll(administersNetwork), node: { mountsRoot: false, usesHost: true } }],
  ['sysadmin', { container: onAll(isPrivileged), node: { mountsRoot: true, usesHost: true } }],
]);

export function checkProfile(name: string): void {
  if (!profiles.has(name)) throw new CommandError(`unknown profile: ${name}`);
}

/** Fits the pod, and the container of that name in it, to a profile. */
export function withProfile(pod: Pod, name: string, style: DebugStyle, profileName: string, kept: KeptParts): Pod {
  const profile = profiles.get(profileName)!;
  const change = profile.container[style] ?? ((container) => container);
  const shaped = withContainer(pod, name, change);
  if (style === 'node') return onNode(shaped, name, profile.node);
  if (style === 'ephemeral') return shaped;
  if (profileName === 'legacy') return { ...shaped, metadata: withoutFields(shaped.metadata, ['labels']) };
  return strippedCopy(shaped, kept);
}

/** The pod with one of its containers changed, of whatever kind. */
export function withContainer(pod: Pod, name: string, change: Change): Pod {
  const changed = <T extends { readonly name: string }>(list: readonly T[] | undefined) =>
    list?.map((each) => (each.name === name ? (change(each as unknown as Container) as unknown as T) : each));
  const { initContainers, ephemeralContainers } = pod.spec;
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: changed(pod.spec.containers)!,
      ...(initContainers && { initContainers: changed(initContainers)! }),
      ...(ephemeralContainers && { ephemeralContainers: changed(ephemeralContainers)! }),
    },
  };
}

function onNode(pod: Pod, name: string, { mountsRoot, usesHost }: Profile['node']): Pod {
  const host = usesHost ? { hostNetwork: true, hostPID: true, hostIPC: true } : {};
  const withHost: Pod = { ...pod, spec: { ...pod.spec, ...host } };
  if (!mountsRoot) return withHost;
  const volume = { name: 'host-root', hostPath: { path: '/' } };
  const mount = { mountPath: '/host', name: 'host-root' };
  const mounted = withContainer(withHost, name, (container) => ({
    ...container,
    volumeMounts: [...(container.volumeMounts ?? []), mount],
  }));
  return { ...mounted, spec: { ...mounted.spec, volumes: [...(mounted.spec.volumes ?? []), volume] } };
}

function strippedCopy(pod: Pod, kept: KeptParts): Pod {
  const probes = (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).filter((probe) => !kept[probe]);
  const marks = (['labels', 'annotations'] as const).filter((mark) => !kept[mark]);
  const spec = kept.initContainers ? pod.spec : withoutFields(pod.spec, ['initContainers']);
  return {
    ...pod,
    metadata: withoutFields(pod.metadata, marks),
    spec: {
      ...spec,
      containers: spec.containers.map((container) => withoutFields(container, probes)),
      shareProcessNamespace: spec.shareProcessNamespace ?? true,
    },
  };
}

function withoutFields<T extends object>(object: T, fields: readonly (keyof T)[]): T {
  const rest = { ...object };
  for (const field of fields) delete rest[field];
  return rest;
}

function securing(change: (context: SecurityContext) => SecurityContext): Change {
  return (container) => ({ ...container, securityContext: change(container.securityContext ?? {}) });
}

function adding(...names: readonly string[]): Change {
  return securing((context) => {
    const { capabilities } = context;
    return { ...context, capabilities: { ...capabilities, add: [...(capabilities?.add ?? []), ...names] } };
  });
}
