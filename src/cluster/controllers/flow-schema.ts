import type { FlowSchema, PriorityLevelConfiguration } from '../../api/generated/types.ts';
import { keyOf, rfc3339, type ObjectKey } from '../../api/index.ts';
import { goQuote } from '../../api/json.ts';
import { flowSchemas, priorityLevelConfigurations } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { setCondition, type Condition } from './conditions.ts';

/**
 * Tells of each FlowSchema whether the level exists that it names.
 * Upstream: syncFlowSchemaStatus in apiserver/pkg/util/flowcontrol/apf_controller.go
 */
export function startFlowSchemaController(context: ComponentContext): void {
  const schemas = context.informers.informer<FlowSchema>(flowSchemas);
  const levels = context.informers.informer<PriorityLevelConfiguration>(priorityLevelConfigurations);
  const client = context.client.resource<FlowSchema>(flowSchemas);
  const queue = context.queue({ reconcile });
  const add = (schema: FlowSchema): void => queue.add(keyOf(schema));
  schemas.onChange({ added: add, updated: add });
  const ofLevel = ({ metadata }: PriorityLevelConfiguration): void => {
    for (const schema of schemas.list()) if (levelOf(schema) === metadata.name) add(schema);
  };
  levels.onChange({ added: ofLevel, deleted: ofLevel });

  function reconcile(key: ObjectKey): void {
    const schema = schemas.get(key);
    if (!schema) return;
    const level = levelOf(schema);
    const isThere = levels.get(level) !== undefined;
    const text = `This FlowSchema references the PriorityLevelConfiguration object named ${goQuote(level)}`;
    const condition = {
      type: 'Dangling',
      status: isThere ? 'False' : 'True',
      reason: isThere ? 'Found' : 'NotFound',
      message: `${text} ${isThere ? 'and it exists' : 'but there is no such object'}`,
      lastTransitionTime: rfc3339(context.clock.nowMs),
    };
    client.modifyStatus('', schema.metadata.name, (fresh) => {
      const before = (fresh.status?.conditions ?? []) as readonly Condition[];
      const conditions = setCondition(before, condition);
      return conditions === before ? fresh : { ...fresh, status: { ...fresh.status, conditions } };
    });
  }
}

function levelOf({ spec }: FlowSchema): string {
  return spec.priorityLevelConfiguration?.name ?? '';
}
