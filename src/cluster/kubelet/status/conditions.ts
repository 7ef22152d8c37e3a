/**
 * The conditions of a pod that the kubelet sets.
 * Upstream: pkg/kubelet/status/generate.go
 */
import type { ContainerStatus, Pod, PodCondition } from '../../../api/generated/types.ts';
import { goQuote } from '../../../api/json.ts';
import { isSidecar } from '../sync/restart-policy.ts';
import type { PodPhase } from './phase.ts';

export type ConditionDraft = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

/** In the order in which the kubelet writes them. */
export const kubeletConditions: readonly string[] = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
];

export interface ConditionInput {
  readonly pod: Pod;
  readonly phase: PodPhase;
  readonly statuses: ReadonlyMap<string, ContainerStatus>;
  readonly hasSandbox: boolean;
  /** Conditions that others have set: readiness gates. */
  readonly foreign: readonly PodCondition[];
}

export function conditionsOf(input: ConditionInput): readonly ConditionDraft[] {
  const containersReady = containersReadyCondition(input);
  return [
    condition('PodReadyToStartContainers', input.hasSandbox),
    initializedCondition(input),
    readyCondition(input, containersReady),
    containersReady,
    condition('PodScheduled', true),
  ];
}

function condition(type: string, holds: boolean, reason?: string, message?: string): ConditionDraft {
  return { type, status: holds ? 'True' : 'False', ...(reason && { reason }), ...(message && { message }) };
}

function containersReadyCondition({ pod, phase, statuses }: ConditionInput): ConditionDraft {
  const type = 'ContainersReady';
  if (phase === 'Failed') return condition(type, false, 'PodFailed');
  const containers = [...(pod.spec.initContainers ?? []).filter(isSidecar), ...pod.spec.containers];
  const unknown = containers.filter(({ name }) => !statuses.has(name)).map(({ name }) => name);
  if (phase === 'Succeeded' && unknown.length === 0) return condition(type, false, 'PodCompleted');
  const unready = containers.filter(({ name }) => statuses.get(name)?.ready === false).map(({ name }) => name);
  const message = joined([
    [unknown, 'containers with unknown status'],
    [unready, 'containers with unready status'],
  ]);
  return message ? condition(type, false, 'ContainersNotReady', message) : condition(type, true);
}

function readyCondition({ pod, foreign }: ConditionInput, containersReady: ConditionDraft): ConditionDraft {
  if (containersReady.status !== 'True') return { ...containersReady, type: 'Ready' };
  const problems = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const gate = foreign.find((each) => each.type === conditionType);
    const name = goQuote(conditionType);
    if (!gate) return [`corresponding condition of pod readiness gate ${name} does not exist.`];
    return gate.status === 'True' ? [] : [`the status of pod readiness gate ${name} is not "True", but ${gate.status}`];
  });
  if (problems.length === 0) return condition('Ready', true);
  return condition('Ready', false, 'ReadinessGatesNotReady', problems.join(', '));
}

function initializedCondition({ pod, phase, statuses }: ConditionInput): ConditionDraft {
  const type = 'Initialized';
  const init = pod.spec.initContainers ?? [];
  const unknown = init.filter(({ name }) => !statuses.has(name)).map(({ name }) => name);
  if (phase === 'Succeeded' && unknown.length === 0) return condition(type, true, 'PodCompleted');
  if (pod.spec.containers.some(({ name }) => hasStarted(statuses.get(name)))) return condition(type, true);
  const incomplete = init
    .filter((container) => {
      const status = statuses.get(container.name);
      return status && !(isSidecar(container) ? status.started : status.ready);
    })
    .map(({ name }) => name);
  const message = joined([
    [unknown, 'containers with unknown status'],
    [incomplete, 'containers with incomplete status'],
  ]);
  return message ? condition(type, false, 'ContainersNotInitialized', message) : condition(type, true);
}

function hasStarted(status: ContainerStatus | undefined): boolean {
  return !!(status?.state?.running ?? status?.state?.terminated ?? status?.lastState?.terminated);
}

/** `containers with unready status: [a b]`: Go prints a list of strings without commas. */
function joined(lists: readonly (readonly [readonly string[], string])[]): string {
  return lists
    .filter(([names]) => names.length > 0)
    .map(([names, claim]) => `${claim}: [${names.join(' ')}]`)
    .join(', ');
}
