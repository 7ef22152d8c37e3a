import type { UserInfo } from '../resource-definition.ts';

/** Upstream: apiserver/pkg/authentication/serviceaccount/util.go MakeGroupNames; without what all have who are known */
export function serviceAccountGroups(namespace: string): readonly string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}

/** A service account as the user that its requests come from. */
export function serviceAccountUser(namespace: string, name: string): UserInfo {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: [...serviceAccountGroups(namespace), 'system:authenticated'],
  };
}

/** The service account that a user name stands for, if any. */
export function serviceAccountOf(userName: string): { readonly namespace: string; readonly name: string } | undefined {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(userName) ?? [];
  return namespace !== undefined && name !== undefined ? { namespace, name } : undefined;
}
