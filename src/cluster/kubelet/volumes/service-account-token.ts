/**
 * A token by which a program in a pod says which service account it is: asked of the API server, bound to the pod.
 * Upstream: pkg/kubelet/token
 */
import { ApiError } from '../../../api/index.ts';
import type { Pod } from '../../../api/generated/types.ts';
import type { ApiClient } from '../../informers/api-client.ts';

export function serviceAccountToken(
  { metadata, spec }: Pod,
  audience: string | undefined,
  expirationSeconds: number,
  client: ApiClient,
): string {
  try {
    return client.requestToken(metadata.namespace ?? '', spec.serviceAccountName ?? 'default', {
      audiences: audience === undefined ? [] : [audience],
      expirationSeconds,
      boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: metadata.name, uid: metadata.uid },
    });
  } catch (error) {
    // The pod or its account went before a program looked at the token: it would not be good for anything.
    if (error instanceof ApiError) return '';
    throw error;
  }
}
