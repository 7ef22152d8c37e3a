import type { V2MetricSpec, V2MetricStatus, V2MetricTarget } from '../../../../api/generated/types.ts';

/**
 * Metrics in the form of autoscaling/v1, which knows them from annotations only.
 * Upstream: pkg/apis/autoscaling/v1/conversion.go
 */
type Json = Readonly<Record<string, unknown>>;

/** Without the fields that are undefined. */
function present(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export function metricToV1({ type, resource, containerResource, pods, object, external }: V2MetricSpec): Json {
  return present({
    type,
    object: object && {
      target: object.describedObject,
      metricName: object.metric.name,
      targetValue: object.target.value ?? '0',
      ...present({ selector: object.metric.selector, averageValue: object.target.averageValue }),
    },
    pods: pods && {
      metricName: pods.metric.name,
      targetAverageValue: pods.target.averageValue ?? '0',
      ...present({ selector: pods.metric.selector }),
    },
    resource: resource && { name: resource.name, ...targetToV1(resource.target) },
    containerResource: containerResource && {
      name: containerResource.name,
      ...targetToV1(containerResource.target),
      container: containerResource.container,
    },
    external: external && {
      metricName: external.metric.name,
      ...present({
        metricSelector: external.metric.selector,
        targetValue: external.target.value,
        targetAverageValue: external.target.averageValue,
      }),
    },
  });
}

function targetToV1({ averageUtilization, averageValue }: V2MetricTarget): Json {
  return present({ targetAverageUtilization: averageUtilization, targetAverageValue: averageValue });
}

export function metricFromV1(given: Json): V2MetricSpec {
  const { type, object, pods, resource, containerResource, external } = given as Record<string, Json | undefined>;
  const metric = present({
    type,
    object: object && {
      describedObject: object['target'],
      metric: present({ name: object['metricName'], selector: object['selector'] }),
      target: present({
        type: object['averageValue'] === undefined ? 'Value' : 'AverageValue',
        value: object['targetValue'],
        averageValue: object['averageValue'],
      }),
    },
    pods: pods && {
      metric: present({ name: pods['metricName'], selector: pods['selector'] }),
      target: { type: 'AverageValue', averageValue: pods['targetAverageValue'] },
    },
    resource: resource && { name: resource['name'], target: targetFromV1(resource) },
    containerResource: containerResource && {
      name: containerResource['name'],
      container: containerResource['container'],
      target: targetFromV1(containerResource),
    },
    external: external && {
      metric: present({ name: external['metricName'], selector: external['metricSelector'] }),
      target: present({
        type: external['targetValue'] === undefined ? 'AverageValue' : 'Value',
        value: external['targetValue'],
        averageValue: external['targetAverageValue'],
      }),
    },
  });
  return metric as unknown as V2MetricSpec;
}

function targetFromV1(metric: Json): Json {
  const { targetAverageUtilization: utilization, targetAverageValue: value } = metric;
  const type = utilization === undefined ? 'AverageValue' : 'Utilization';
  return present({ type, averageUtilization: utilization, averageValue: value });
}

export function statusToV1({ type, resource, containerResource, pods, object, external }: V2MetricStatus): Json {
  return present({
    type,
    object: object && {
      target: object.describedObject,
      metricName: object.metric.name,
      currentValue: object.current.value ?? '0',
      ...present({ selector: object.metric.selector, averageValue: object.current.averageValue }),
    },
    pods: pods && {
      metricName: pods.metric.name,
      currentAverageValue: pods.current.averageValue ?? '0',
      ...present({ selector: pods.metric.selector }),
    },
    resource: resource && {
      name: resource.name,
      ...present({ currentAverageUtilization: resource.current.averageUtilization }),
      currentAverageValue: resource.current.averageValue ?? '0',
    },
    containerResource: containerResource && {
      name: containerResource.name,
      ...present({ currentAverageUtilization: containerResource.current.averageUtilization }),
      currentAverageValue: containerResource.current.averageValue ?? '0',
      container: containerResource.container,
    },
    external: external && {
      metricName: external.metric.name,
      ...present({ metricSelector: external.metric.selector }),
      currentValue: external.current.value ?? '0',
      ...present({ currentAverageValue: external.current.averageValue }),
    },
  });
}

export function statusFromV1(given: Json): V2MetricStatus {
  const { type, object, pods, resource, containerResource, external } = given as Record<string, Json | undefined>;
  const status = present({
    type,
    object: object && {
      describedObject: object['target'],
      metric: present({ name: object['metricName'], selector: object['selector'] }),
      current: present({ value: object['currentValue'], averageValue: object['averageValue'] }),
    },
    pods: pods && {
      metric: present({ name: pods['metricName'], selector: pods['selector'] }),
      current: { averageValue: pods['currentAverageValue'] },
    },
    resource: resource && { name: resource['name'], current: usageFromV1(resource) },
    containerResource: containerResource && {
      name: containerResource['name'],
      container: containerResource['container'],
      current: usageFromV1(containerResource),
    },
    external: external && {
      metric: present({ name: external['metricName'], selector: external['metricSelector'] }),
      current: present({ value: external['currentValue'], averageValue: external['currentAverageValue'] }),
    },
  });
  return status as unknown as V2MetricStatus;
}

function usageFromV1(metric: Json): Json {
  const { currentAverageUtilization: averageUtilization, currentAverageValue: averageValue } = metric;
  return present({ averageUtilization, averageValue });
}
