import type { UserInfo } from '../../resource-definition.ts';

const prefix = 'system:node:';

/** The node that a user is the kubelet of; '' for a kubelet without a name, undefined for everybody else. */
export function nodeOf({ name, groups }: UserInfo): string | undefined {
  if (!name.startsWith(prefix) || !groups.includes('system:nodes')) return undefined;
  return name.slice(prefix.length);
}
