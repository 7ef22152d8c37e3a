import { draft, generatorCommand } from './generator.ts';

/** Upstream: kubectl/pkg/cmd/create/create_serviceaccount.go */
export const createServiceAccount = generatorCommand({
  name: 'serviceaccount',
  aliases: ['sa'],
  short: 'Create a service account with the specified name',
  examples: `# A service account named my-service-account
kubectl create serviceaccount my-service-account`,
  usage: 'serviceaccount NAME [--dry-run=server|client|none]',
  mapping: { group: '', version: 'v1', resource: 'serviceaccounts', kind: 'ServiceAccount', isNamespaced: true },
  failure: 'failed to create serviceaccount:',
  generate: (_, name) => draft('v1', 'ServiceAccount', name),
});
