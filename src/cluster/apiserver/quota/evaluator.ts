import type { ScopedResourceSelectorRequirement } from '../../../api/generated/types.ts';
import type { KubeObject } from '../../../api/index.ts';
import type { Attributes } from '../admission/admission.ts';
import type { Amounts } from './amounts.ts';

/**
 * What the objects of one kind use up.
 * Upstream: apiserver/pkg/quota/v1/interfaces.go
 */
export interface QuotaEvaluator<T extends KubeObject = KubeObject> {
  /** Whether such a request may change what is used. */
  handles(attributes: Attributes): boolean;
  /** Whether objects of this kind use such a resource: `pods`, `requests.cpu`, `count/secrets`. */
  uses(resourceName: string): boolean;
  matchesScope(scope: ScopedResourceSelectorRequirement, object: T): boolean;
  usage(object: T, nowMs: number): Amounts;
  /** What the object must say of itself where these resources are limited; undefined when it does. */
  problem?(resourceNames: readonly string[], object: T): string | undefined;
}
