import type { Deployment } from '../../../api/generated/types.ts';

/** How far a rolling update may stray from the wanted number of pods. Upstream: pkg/controller/deployment/util */

export function wantedReplicas(deployment: Deployment): number {
  return deployment.spec.replicas ?? 1;
}

export function isRollingUpdate(deployment: Deployment): boolean {
  return (deployment.spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
}

/** Pods above the wanted number. */
export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? limitsOf(deployment).surge : 0;
}

/** Pods below the wanted number. */
export function maxUnavailable(deployment: Deployment): number {
  const replicas = wantedReplicas(deployment);
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(limitsOf(deployment).unavailable, replicas);
}

/** Surge rounds up, unavailability down; when both come to nothing one pod may be unavailable, or nothing could move. */
export function resolveLimits(
  surge: number | string | undefined,
  unavailable: number | string | undefined,
  replicas: number,
): { readonly surge: number; readonly unavailable: number } {
  const most = scaledValue(surge ?? 0, replicas, Math.ceil);
  const least = scaledValue(unavailable ?? 0, replicas, Math.floor);
  return { surge: most, unavailable: most === 0 && least === 0 ? 1 : least };
}

/** A number, or a percentage of `total`. Upstream: apimachinery/pkg/util/intstr */
export function scaledValue(value: number | string, total: number, round: (value: number) => number): number {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(value)?.[1];
  return percent === undefined ? 0 : round((Number(percent) * total) / 100);
}

function limitsOf(deployment: Deployment): { readonly surge: number; readonly unavailable: number } {
  const rollingUpdate = deployment.spec.strategy?.rollingUpdate;
  return resolveLimits(rollingUpdate?.maxSurge, rollingUpdate?.maxUnavailable, wantedReplicas(deployment));
}
