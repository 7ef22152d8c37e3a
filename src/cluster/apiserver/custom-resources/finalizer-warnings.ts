import { checkQualifiedName, type KubeObject } from '../../../api/index.ts';

const known = ['orphan', 'foregroundDeletion', 'kubernetes'];
const field = 'metadata.finalizers';

/**
 * Finalizers should say whose they are.
 * Upstream: validateKubeFinalizerName in apiextensions-apiserver/pkg/registry/customresource/validator.go
 */
export function finalizerWarnings({ metadata }: KubeObject, old: KubeObject | undefined): readonly string[] {
  const before = old?.metadata.finalizers ?? [];
  const added = [...new Set(metadata.finalizers)].filter((name) => !before.includes(name)).toSorted();
  return added.flatMap((name) => {
    const problems = checkQualifiedName(name).map((problem) => `${field}: ${JSON.stringify(name)}: ${problem}`);
    return name.includes('/') || known.includes(name) ? problems : [...problems, advice(name)];
  });
}

function advice(name: string): string {
  const path = name.includes('.') ? ' including a path (/)' : '';
  return `${field}: ${JSON.stringify(name)}: prefer a domain-qualified finalizer name${path} to avoid accidental conflicts with other finalizer writers`;
}
