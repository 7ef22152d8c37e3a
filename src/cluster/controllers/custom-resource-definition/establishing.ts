import { rfc3339 } from '../../../api/time.ts';
import { customResourceDefinitions } from '../../apiserver/registry/index.ts';
import { isConditionTrue, withCondition } from '../../apiserver/custom-resources/conditions.ts';
import type { ComponentContext } from '../../informers/component-context.ts';

/**
 * Declares a custom resource established once its names are accepted.
 * Upstream: apiextensions-apiserver/pkg/controller/establish/establishing_controller.go
 */
export function startEstablishingController(context: ComponentContext): void {
  const client = context.client.resource(customResourceDefinitions);
  const queue = context.queue({ reconcile: establish, workers: 1 });
  context.informers.informer(customResourceDefinitions).onChange({
    updated: (crd) => {
      if (isConditionTrue(crd, 'NamesAccepted') && !isConditionTrue(crd, 'Established')) queue.add(crd.metadata.name);
    },
  });

  function establish(name: string): void {
    const condition = {
      type: 'Established',
      status: 'True',
      reason: 'InitialNamesAccepted',
      message: 'the initial names have been accepted',
    };
    client.modifyStatus('', name, (crd) => {
      if (!isConditionTrue(crd, 'NamesAccepted') || isConditionTrue(crd, 'Established')) return crd;
      return withCondition(crd, condition, rfc3339(context.clock.nowMs));
    });
  }
}
