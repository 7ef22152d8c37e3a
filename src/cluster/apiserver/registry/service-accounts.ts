import type { ServiceAccount } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { mapShared, withField } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** Whom a pod is when it talks to the API. Upstream: pkg/registry/core/serviceaccount */
export const serviceAccounts: ResourceDefinition<ServiceAccount> = {
  group: '',
  version: 'v1',
  resource: 'serviceaccounts',
  kind: 'ServiceAccount',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.ServiceAccount',
  prepareForCreate: withPlainSecrets,
  prepareForUpdate: withPlainSecrets,
  warnings: (next, old) => {
    const isNew = old?.metadata.annotations?.[mountableSecrets] === undefined;
    if (!isNew || next.metadata.annotations?.[mountableSecrets] === undefined) return [];
    const why = 'deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets';
    return [`metadata.annotations[${mountableSecrets}]: ${why}`];
  },
  subresources: ['token'],
  returnsDeletedObject: true,
  columns: [nameColumn, column('Secrets', 'string', 'How many secrets its pods may mount.'), ageColumn],
  row: (account, context) => [account.metadata.name, account.secrets?.length ?? 0, ageCell(account, context)],
};

const mountableSecrets = 'kubernetes.io/enforce-mountable-secrets';

/** A reference to a secret is its name and nothing more. */
function withPlainSecrets(account: ServiceAccount): ServiceAccount {
  if (!account.secrets) return account;
  const secrets = mapShared(account.secrets, (reference) =>
    Object.keys(reference).some((field) => field !== 'name') ? { name: reference.name ?? '' } : reference,
  );
  return withField(account, 'secrets', secrets);
}
