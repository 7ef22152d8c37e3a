import { rfc3339 } from '../../../api/time.ts';
import { customResourceDefinitions } from '../../apiserver/registry/index.ts';
import { approvalOf, isProtectedGroup } from '../../apiserver/custom-resources/api-approval.ts';
import { findCondition, withCondition } from '../../apiserver/custom-resources/conditions.ts';
import type { ComponentContext } from '../../informers/component-context.ts';

const reasons = {
  Invalid: 'InvalidAnnotation',
  Missing: 'MissingAnnotation',
  Approved: 'ApprovedAnnotation',
  Bypassed: 'UnapprovedAnnotation',
} as const;

/**
 * Says of the APIs in groups of the community whether they were approved.
 * Upstream: apiextensions-apiserver/pkg/controller/apiapproval/apiapproval_controller.go
 */
export function startApiApprovalController(context: ComponentContext): void {
  const client = context.client.resource(customResourceDefinitions);
  const queue = context.queue({ reconcile: judge, workers: 5 });
  context.informers.informer(customResourceDefinitions).onChange({
    added: ({ metadata }) => queue.add(metadata.name),
    updated: ({ metadata }) => queue.add(metadata.name),
  });

  function judge(name: string): void {
    client.modifyStatus('', name, (crd) => {
      if (!isProtectedGroup(crd.spec.group)) return crd;
      const { state, reason: message } = approvalOf(crd);
      const type = 'KubernetesAPIApprovalPolicyConformant';
      const status = state === 'Approved' ? 'True' : 'False';
      const old = findCondition(crd, type);
      if (old?.status === status && old.reason === reasons[state] && old.message === message) return crd;
      return withCondition(crd, { type, status, reason: reasons[state], message }, rfc3339(context.clock.nowMs));
    });
  }
}
