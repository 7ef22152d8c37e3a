import type { Container, Pod, ServiceAccount } from '../../../api/generated/types.ts';

/**
 * What a pod does with secrets that its account does not speak of; undefined when nothing.
 * Upstream: limitSecretReferences in plugin/pkg/admission/serviceaccount/admission.go
 */
export function secretProblem({ spec }: Pod, account: ServiceAccount): string | undefined {
  const mountable = new Set((account.secrets ?? []).map(({ name }) => name));
  const { name } = account.metadata;
  const why = `is not allowed because service account ${name} does not reference that`;
  for (const { secret } of spec.volumes ?? []) {
    if (secret && !mountable.has(secret.secretName)) {
      return `volume with secret.secretName="${secret.secretName ?? ''}" ${why} secret`;
    }
  }
  const lists: readonly [string, readonly Container[]][] = [
    ['init container', spec.initContainers ?? []],
    ['container', spec.containers],
  ];
  for (const [noun, containers] of lists) {
    for (const container of containers) {
      for (const { name: variable, valueFrom } of container.env ?? []) {
        const secret = valueFrom?.secretKeyRef?.name;
        if (valueFrom?.secretKeyRef && !mountable.has(secret)) {
          return `${noun} ${container.name} with envVar ${variable} referencing secret.secretName="${secret ?? ''}" ${why} secret`;
        }
      }
    }
  }
  const pullable = new Set((account.imagePullSecrets ?? []).map((secret) => secret.name));
  const at = (spec.imagePullSecrets ?? []).findIndex((secret) => !pullable.has(secret.name));
  if (at < 0) return undefined;
  return `imagePullSecrets[${at}].name="${spec.imagePullSecrets![at]!.name ?? ''}" ${why} imagePullSecret`;
}

/** What a mirror of a static pod must not have: nobody gave it permission. */
export function mirrorProblem({ spec }: Pod): string | undefined {
  if (spec.serviceAccountName) return 'a mirror pod may not reference service accounts';
  if (usesSecrets(spec)) return 'a mirror pod may not reference secrets';
  const projects = spec.volumes?.some(({ projected }) =>
    projected?.sources?.some((source) => source.serviceAccountToken),
  );
  return projects ? 'a mirror pod may not use ServiceAccountToken volume projections' : undefined;
}

function usesSecrets({ containers, initContainers = [], volumes = [], imagePullSecrets = [] }: Pod['spec']): boolean {
  const inVolumes = volumes.some(({ secret, projected }) => secret || projected?.sources?.some((part) => part.secret));
  const inContainers = [...containers, ...initContainers].some(
    ({ env, envFrom }) =>
      env?.some(({ valueFrom }) => valueFrom?.secretKeyRef) || envFrom?.some(({ secretRef }) => secretRef),
  );
  return imagePullSecrets.length > 0 || inVolumes || inContainers;
}
