import type { CustomResourceDefinition } from '../../../api/generated/types.ts';

export const approvalAnnotation = 'api-approved.kubernetes.io';

export interface Approval {
  readonly state: 'Invalid' | 'Approved' | 'Bypassed' | 'Missing';
  readonly reason: string;
}

/** Groups of the community: their APIs are reviewed. Upstream: apiextensions-apiserver/pkg/apihelpers/helpers.go */
export function isProtectedGroup(group: string): boolean {
  return ['k8s.io', 'kubernetes.io'].some((domain) => group === domain || group.endsWith(`.${domain}`));
}

export function approvalOf({ metadata }: CustomResourceDefinition): Approval {
  const annotation = metadata.annotations?.[approvalAnnotation] ?? '';
  const rule = `protected groups must have approval annotation "${approvalAnnotation}"`;
  const more = 'see https://github.com/kubernetes/enhancements/pull/1111';
  if (annotation === '') return { state: 'Missing', reason: `${rule}, ${more}` };
  if (annotation.startsWith('unapproved')) {
    return { state: 'Bypassed', reason: `not approved: ${JSON.stringify(annotation)}` };
  }
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/?#]+/.test(annotation)) {
    return { state: 'Approved', reason: `approved in ${annotation}` };
  }
  return { state: 'Invalid', reason: `${rule} with either a URL or a reason starting with "unapproved", ${more}` };
}
