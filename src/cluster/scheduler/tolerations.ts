import type { Taint, Toleration } from '../../api/generated/types.ts';

/** Upstream: component-helpers/scheduling/corev1/helpers.go, api/core/v1/toleration.go */

/** The taints that keep a pod from a node, or drive it off. */
export function keepsOff({ effect }: Pick<Taint, 'effect'>): boolean {
  return effect === 'NoSchedule' || effect === 'NoExecute';
}

export function isTolerated(taint: Taint, tolerations: readonly Toleration[] | undefined): boolean {
  return tolerations?.some((toleration) => tolerates(toleration, taint)) ?? false;
}

/** The first taint that passes `isMeant` and that nothing tolerates. */
export function firstUntolerated(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
  isMeant: (taint: Taint) => boolean,
): Taint | undefined {
  if (!taints) return undefined;
  for (const taint of taints) if (isMeant(taint) && !isTolerated(taint, tolerations)) return taint;
  return undefined;
}

/** An empty effect means all effects, an empty key all keys. */
export function tolerates({ effect, key, operator, value }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return (operator === undefined || operator === '' || operator === 'Equal') && (value ?? '') === (taint.value ?? '');
}
