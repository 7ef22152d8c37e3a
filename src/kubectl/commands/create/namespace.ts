import { draft, generatorCommand } from './generator.ts';

/** Upstream: kubectl/pkg/cmd/create/create_namespace.go */
export const createNamespace = generatorCommand({
  name: 'namespace',
  aliases: ['ns'],
  short: 'Create a namespace with the specified name',
  examples: `# A namespace named my-namespace
kubectl create namespace my-namespace`,
  usage: 'namespace NAME [--dry-run=server|client|none]',
  mapping: { group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace', isNamespaced: false },
  generate: (_, name) => draft('v1', 'Namespace', name, { spec: {}, status: {} }),
});
