import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  HorizontalPodAutoscalerStatus,
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerBehavior,
  V2HorizontalPodAutoscalerStatus,
  V2MetricSpec,
} from '../../../../api/generated/types.ts';
import { isJsonObject, type JsonObject } from '../../../../api/index.ts';
import { internalJson } from '../internal-form/internal-form.ts';
import { metricFromV1, metricToV1, statusFromV1, statusToV1 } from './metric-conversion.ts';

const prefix = 'autoscaling.alpha.kubernetes.io/';
const annotationKeys = {
  metrics: `${prefix}metrics`,
  statuses: `${prefix}current-metrics`,
  conditions: `${prefix}conditions`,
  behavior: `${prefix}behavior`,
} as const;

/**
 * autoscaling/v1 has one number where v2 has a list of metrics; what it has no fields for goes along in annotations.
 * Upstream: pkg/apis/autoscaling/v1/conversion.go
 */
export function autoscalerToV1(autoscaler: V2HorizontalPodAutoscaler): HorizontalPodAutoscaler {
  const { metadata, spec, status } = autoscaler;
  const { scaleTargetRef, minReplicas, maxReplicas, metrics = [], behavior } = spec;
  const cpu = metrics.find(isCpuUtilization)?.resource?.target.averageUtilization;
  const others = metrics.filter((metric) => !isCpuUtilization(metric));
  const annotations: Record<string, string> = { ...withoutOurs(metadata.annotations) };
  if (others.length > 0) annotations[annotationKeys.metrics] = JSON.stringify(others.map(metricToV1));
  if (status?.currentMetrics?.length) {
    annotations[annotationKeys.statuses] = JSON.stringify(status.currentMetrics.map(statusToV1));
  }
  if (behavior) annotations[annotationKeys.behavior] = internalJson(behavior, 'HorizontalPodAutoscalerBehavior');
  if (status?.conditions?.length) annotations[annotationKeys.conditions] = JSON.stringify(status.conditions);
  const specV1: HorizontalPodAutoscalerSpec = {
    scaleTargetRef,
    ...(minReplicas !== undefined && { minReplicas }),
    maxReplicas,
    ...(cpu !== undefined && { targetCPUUtilizationPercentage: cpu }),
  };
  return {
    ...autoscaler,
    apiVersion: 'autoscaling/v1',
    metadata: withAnnotations(metadata, annotations),
    spec: specV1,
    status: statusV1(status),
  };
}

function statusV1(status: V2HorizontalPodAutoscalerStatus | undefined): HorizontalPodAutoscalerStatus {
  const { observedGeneration, lastScaleTime, currentReplicas = 0, desiredReplicas = 0 } = status ?? {};
  const cpu = status?.currentMetrics?.find(({ type, resource }) => type === 'Resource' && resource?.name === 'cpu');
  const utilization = cpu?.resource?.current.averageUtilization;
  return {
    ...(observedGeneration !== undefined && { observedGeneration }),
    ...(lastScaleTime !== undefined && { lastScaleTime }),
    currentReplicas,
    desiredReplicas,
    ...(utilization !== undefined && { currentCPUUtilizationPercentage: utilization }),
  };
}

export function autoscalerFromV1(autoscaler: HorizontalPodAutoscaler): V2HorizontalPodAutoscaler {
  const { metadata, spec, status } = autoscaler;
  const { targetCPUUtilizationPercentage: cpu, ...rest } = spec;
  const annotations = metadata.annotations ?? {};
  const others = parsedList(annotations[annotationKeys.metrics])?.map(metricFromV1) ?? [];
  const metrics = [...others, ...(cpu === undefined ? [] : [cpuUtilization(cpu)])];
  const behavior = parsedBehavior(annotations[annotationKeys.behavior]);
  const { currentCPUUtilizationPercentage: usage, ...statusRest } = status ?? {};
  const currentMetrics =
    parsedList(annotations[annotationKeys.statuses])?.map(statusFromV1) ??
    (usage === undefined
      ? undefined
      : [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: usage } } }]);
  const conditions = parsedList(annotations[annotationKeys.conditions]);
  const statusV2: unknown = {
    ...statusRest,
    ...(currentMetrics && { currentMetrics }),
    ...(conditions && { conditions }),
  };
  return {
    ...autoscaler,
    apiVersion: 'autoscaling/v2',
    metadata: withAnnotations(metadata, withoutOurs(annotations)),
    spec: { ...rest, metrics: metrics.length > 0 ? metrics : [cpuUtilization(80)], ...(behavior && { behavior }) },
    status: statusV2 as V2HorizontalPodAutoscalerStatus,
  };
}

function isCpuUtilization({ type, resource }: V2MetricSpec): boolean {
  return type === 'Resource' && resource?.name === 'cpu' && resource.target.averageUtilization !== undefined;
}

function cpuUtilization(averageUtilization: number): V2MetricSpec {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

type Annotations = Readonly<Record<string, string>>;

function withoutOurs(annotations: Annotations = {}): Annotations {
  const ours: readonly string[] = Object.values(annotationKeys);
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !ours.includes(key)));
}

function withAnnotations<M extends { readonly annotations?: Annotations }>(metadata: M, annotations: Annotations): M {
  const { annotations: before, ...rest } = metadata;
  if (Object.keys(annotations).length === 0) return before ? (rest as M) : metadata;
  return { ...metadata, annotations };
}

function parsedList(text: string | undefined): JsonObject[] | undefined {
  const value = parsed(text);
  return Array.isArray(value) && value.every(isJsonObject) ? value : undefined;
}

/** Upstream writes the form that the server holds, under Go's names. */
function parsedBehavior(text: string | undefined): V2HorizontalPodAutoscalerBehavior | undefined {
  const behavior = lowered(parsed(text));
  return isJsonObject(behavior) && Object.keys(behavior).length > 0
    ? (behavior as V2HorizontalPodAutoscalerBehavior)
    : undefined;
}

function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key[0]!.toLowerCase() + key.slice(1), lowered(item)]));
}

/** Annotations may hold anything; what is no JSON says nothing. */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
