import type { ScopedResourceSelectorRequirement } from '../../../api/generated/types.ts';

/** Whether a scope selector takes an object with this value. Upstream: ScopedResourceSelectorRequirementsAsSelector */
export function takesValue(
  { operator, values = [] }: ScopedResourceSelectorRequirement,
  value: string | undefined,
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'DoesNotExist':
      return value === undefined;
    default:
      return value !== undefined;
  }
}
