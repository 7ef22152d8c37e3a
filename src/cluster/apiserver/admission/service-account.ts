import type { KubeObject } from '../../../api/index.ts';
import type { Container, Pod, ServiceAccount, Volume } from '../../../api/generated/types.ts';
import { withFields } from '../../../api/with-fields.ts';
import type { RandomStream } from '../../../kernel/index.ts';
import type { Collection } from '../../store/index.ts';
import { generateName } from '../rest/generate-name.ts';
import type { AdmissionPlugin, Attributes } from './admission.ts';
import { mirrorProblem, secretProblem } from './mountable-secrets.ts';
import { refuse } from './refusal.ts';

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const volumePrefix = 'kube-api-access-';
const expirationSeconds = 3607;

/**
 * Gives each pod a service account, and its containers the account's token.
 * Upstream: plugin/pkg/admission/serviceaccount/admission.go
 */
export function serviceAccount(accounts: Collection<ServiceAccount>, random: RandomStream): AdmissionPlugin {
  return {
    name: 'ServiceAccount',
    handles: ({ group, resource }, operation, subresource) =>
      group === '' && resource === 'pods' && operation === 'CREATE' && subresource === '',
    admit: (object: KubeObject, attributes) => {
      const pod = object as Pod;
      // Static pods are mirrored as they are.
      return isMirror(pod) ? pod : admitPod(pod, attributes, accounts, random);
    },
    validate: (object, attributes) => {
      const pod = object as Pod;
      if (isMirror(pod)) {
        const problem = mirrorProblem(pod);
        if (problem) throw refuse(attributes, problem);
        return;
      }
      const account = accountOf(pod.spec.serviceAccountName ?? '', attributes, accounts);
      const isStrict = /^(1|t|true)$/i.test(account.metadata.annotations?.[strictAnnotation] ?? '');
      const problem = isStrict ? secretProblem(pod, account) : undefined;
      if (problem) throw refuse(attributes, problem);
    },
  };
}

const strictAnnotation = 'kubernetes.io/enforce-mountable-secrets';

function isMirror({ metadata }: Pod): boolean {
  return metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;
}

function accountOf(name: string, attributes: Attributes, accounts: Collection<ServiceAccount>): ServiceAccount {
  const account = accounts.get(`${attributes.namespace}/${name}`);
  if (account) return account;
  const missing = `serviceaccount "${name}" not found`;
  throw refuse(attributes, `error looking up service account ${attributes.namespace}/${name}: ${missing}`);
}

function admitPod(pod: Pod, attributes: Attributes, accounts: Collection<ServiceAccount>, random: RandomStream): Pod {
  const name = pod.spec.serviceAccountName || 'default';
  const account = accountOf(name, attributes, accounts);
  const secrets = pod.spec.imagePullSecrets?.length ? pod.spec.imagePullSecrets : account.imagePullSecrets;
  const named: Pod = {
    ...pod,
    spec: withFields(pod.spec, {
      serviceAccountName: name,
      serviceAccount: name,
      ...(secrets?.length && { imagePullSecrets: secrets }),
    }),
  };
  const mounts = pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
  return mounts ? withToken(named, random) : named;
}

function withToken(pod: Pod, random: RandomStream): Pod {
  const { containers, initContainers, volumes = [] } = pod.spec;
  const needsMount = (container: Container): boolean =>
    !container.volumeMounts?.some((mount) => mount.mountPath === tokenPath);
  if (![...containers, ...(initContainers ?? [])].some(needsMount)) return pod;
  const existing = volumes.find((volume) => volume.name.startsWith(volumePrefix));
  const name = existing?.name ?? generateName(volumePrefix, random);
  const mount = { name, readOnly: true, mountPath: tokenPath };
  const mounted = (container: Container): Container =>
    needsMount(container)
      ? withFields(container, { volumeMounts: [...(container.volumeMounts ?? []), mount] })
      : container;
  return {
    ...pod,
    spec: withFields(pod.spec, {
      containers: containers.map(mounted),
      ...(initContainers && { initContainers: initContainers.map(mounted) }),
      volumes: existing ? volumes : [...volumes, tokenVolume(name)],
    }),
  };
}

/** Everything but the name is the same for all pods. */
const projected: Volume['projected'] = {
  defaultMode: 420,
  sources: [
    { serviceAccountToken: { expirationSeconds, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] },
    },
  ],
};

function tokenVolume(name: string): Volume {
  return { name, projected };
}
