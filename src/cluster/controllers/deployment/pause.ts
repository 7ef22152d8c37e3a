import { findCondition, setCondition } from '../conditions.ts';
import { hasProgressDeadline } from './progress.ts';
import type { Rollout } from './rollout.ts';

/**
 * Notes in the Progressing condition that a Deployment was paused or resumed, so that the time it was paused does not
 * count towards its deadline. Upstream: sync.go checkPausedConditions
 */
export function notePause(rollout: Rollout): void {
  const { deployment } = rollout;
  if (!hasProgressDeadline(deployment)) return;
  const current = findCondition(deployment.status.conditions, 'Progressing');
  if (current?.reason === 'ProgressDeadlineExceeded') return;
  const isNoted = current?.reason === 'DeploymentPaused';
  const isPaused = deployment.spec.paused === true;
  if (isPaused === isNoted) return;
  const condition = isPaused
    ? rollout.condition('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused')
    : rollout.condition('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed');
  const conditions = setCondition(deployment.status.conditions, condition);
  rollout.writeStatus({ ...deployment, status: { ...deployment.status, conditions } });
}
