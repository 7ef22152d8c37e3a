import type { Container } from '../../../../api/generated/types.ts';
import { procMount } from './baseline-checks.ts';
import {
  containersOf,
  exceptInUserNamespaces,
  exceptOnWindows,
  namesOf,
  plural,
  quoted,
  settersOf,
  sorted,
  type Check,
  type VersionedCheck,
} from './check.ts';
import { seccompRequired } from './seccomp.ts';

/** Upstream: k8s.io/pod-security-admission/policy/check_*.go */

const allowPrivilegeEscalation: Check = (pod) => {
  const bad = containersOf(pod).filter(({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  if (bad.length === 0) return undefined;
  const detail = `${namesOf(bad)} must set securityContext.allowPrivilegeEscalation=false`;
  return { reason: 'allowPrivilegeEscalation != false', detail };
};

const capabilities: Check = (pod) => {
  const added = ({ securityContext }: Container): readonly string[] =>
    (securityContext?.capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
  const keeping = containersOf(pod).filter(
    ({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'),
  );
  const adding = containersOf(pod).filter((container) => added(container).length > 0);
  const names = quoted(sorted(adding.flatMap(added)));
  const details = [
    ...(keeping.length > 0 ? [`${namesOf(keeping)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...(adding.length > 0 ? [`${namesOf(adding)} must not include ${names} in securityContext.capabilities.add`] : []),
  ];
  return details.length > 0 ? { reason: 'unrestricted capabilities', detail: details.join('; ') } : undefined;
};

const freeVolumeTypes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const volumes: Check = ({ spec }) => {
  const bad = (spec.volumes ?? []).filter((volume) => !freeVolumeTypes.some((type) => type in volume));
  if (bad.length === 0) return undefined;
  const types = sorted(bad.map((volume) => Object.keys(volume).find((field) => field !== 'name') ?? 'unknown'));
  const subject = `${plural(bad.length, 'volume')} ${quoted(bad.map(({ name }) => name))} ${plural(bad.length, 'uses', 'use')}`;
  const detail = `${subject} ${plural(types.length, 'restricted volume type')} ${quoted(types)}`;
  return { reason: 'restricted volume types', detail };
};

const runAsNonRoot: Check = (pod) => {
  const own = pod.spec.securityContext?.runAsNonRoot;
  const saidBy = ({ securityContext }: Container): boolean | undefined => securityContext?.runAsNonRoot;
  const roots = containersOf(pod).filter((container) => saidBy(container) === false);
  const reason = 'runAsNonRoot != true';
  if (own === false || roots.length > 0) {
    return { reason, detail: `${settersOf(own === false, roots)} must not set securityContext.runAsNonRoot=false` };
  }
  const silent = own ? [] : containersOf(pod).filter((container) => saidBy(container) === undefined);
  if (silent.length === 0) return undefined;
  return { reason, detail: `pod or ${namesOf(silent)} must set securityContext.runAsNonRoot=true` };
};

const runAsUser: Check = (pod) => {
  const own = pod.spec.securityContext?.runAsUser === 0;
  const bad = containersOf(pod).filter(({ securityContext }) => securityContext?.runAsUser === 0);
  if (!own && bad.length === 0) return undefined;
  return { reason: 'runAsUser=0', detail: `${settersOf(own, bad)} must not set runAsUser=0` };
};

export const restrictedChecks: readonly VersionedCheck[] = [
  {
    id: 'allowPrivilegeEscalation',
    versions: [
      [8, allowPrivilegeEscalation],
      [25, exceptOnWindows(allowPrivilegeEscalation)],
    ],
  },
  {
    id: 'capabilities_restricted',
    replaces: 'capabilities_baseline',
    versions: [
      [22, capabilities],
      [25, exceptOnWindows(capabilities)],
    ],
  },
  { id: 'procMount_restricted', replaces: 'procMount', versions: [[35, procMount]] },
  { id: 'restrictedVolumes', replaces: 'hostPathVolumes', versions: [[0, volumes]] },
  {
    id: 'runAsNonRoot',
    versions: [
      [0, runAsNonRoot],
      [35, exceptInUserNamespaces(runAsNonRoot)],
    ],
  },
  {
    id: 'runAsUser',
    versions: [
      [23, runAsUser],
      [35, exceptInUserNamespaces(runAsUser)],
    ],
  },
  {
    id: 'seccompProfile_restricted',
    replaces: 'seccompProfile_baseline',
    versions: [
      [19, seccompRequired],
      [25, exceptOnWindows(seccompRequired)],
    ],
  },
];
