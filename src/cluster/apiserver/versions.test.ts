import { describe, expect, it } from 'vitest';
import type {
  Event,
  EventsEvent,
  HorizontalPodAutoscaler,
  V2HorizontalPodAutoscaler,
} from '../../api/generated/types.ts';
import type { KubeList, KubeObject, Status } from '../../api/index.ts';
import { createCluster } from '../cluster.ts';
import { TestClient } from './test-client.ts';

const newClient = () => new TestClient(createCluster({ seed: 1, nodes: [], freeze: true }));
const autoscalers = (version: string) => `/apis/autoscaling/${version}/namespaces/default/horizontalpodautoscalers`;
const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

describe('served versions', () => {
  it('[API-84] shows what was written in one version in the other', () => {
    const client = newClient();
    const spec = { scaleTargetRef: target, maxReplicas: 5, targetCPUUtilizationPercentage: 50 };
    const created = client.send<HorizontalPodAutoscaler>('POST', autoscalers('v1'), {
      metadata: { name: 'web' },
      spec,
    });
    expect(created).toMatchObject({
      status: 201,
      body: { apiVersion: 'autoscaling/v1', spec: { ...spec, minReplicas: 1 } },
    });
    const { body } = client.get<V2HorizontalPodAutoscaler>(`${autoscalers('v2')}/web`);
    expect(body.spec.metrics).toEqual([
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
    ]);
    client.patch(`${autoscalers('v1')}/web`, 'application/merge-patch+json', { spec: { maxReplicas: 7 } });
    expect(client.get<V2HorizontalPodAutoscaler>(`${autoscalers('v2')}/web`).body.spec.maxReplicas).toBe(7);
    expect(client.list(autoscalers('v1'))).toMatchObject({
      kind: 'HorizontalPodAutoscalerList',
      apiVersion: 'autoscaling/v1',
    });
  });

  it('[API-84] keeps what a version has no field for', () => {
    const client = newClient();
    const metrics = [
      { type: 'Pods', pods: { metric: { name: 'hits' }, target: { type: 'AverageValue', averageValue: '10' } } },
    ];
    const behavior = { scaleDown: { stabilizationWindowSeconds: 60 } };
    const spec = { scaleTargetRef: target, maxReplicas: 5, metrics, behavior };
    const made = client.send<V2HorizontalPodAutoscaler>('POST', autoscalers('v2'), { metadata: { name: 'web' }, spec });
    const old = client.get<HorizontalPodAutoscaler>(`${autoscalers('v1')}/web`).body;
    expect(JSON.parse(old.metadata.annotations!['autoscaling.alpha.kubernetes.io/metrics']!)).toEqual([
      { type: 'Pods', pods: { metricName: 'hits', targetAverageValue: '10' } },
    ]);
    const put = client.send('PUT', `${autoscalers('v1')}/web`, { ...old, spec: { ...old.spec, maxReplicas: 6 } });
    expect(put.status).toBe(200);
    const after = client.get<V2HorizontalPodAutoscaler>(`${autoscalers('v2')}/web`).body;
    expect(after.spec).toEqual({ ...made.body.spec, maxReplicas: 6 });
    expect(after.metadata.annotations).toBeUndefined();
  });

  it('[API-84] watches in the version that was asked for', () => {
    const client = newClient();
    const { events } = client.watch(`${autoscalers('v1')}?watch=true`);
    const spec = { scaleTargetRef: target, maxReplicas: 5 };
    client.send('POST', autoscalers('v2'), { metadata: { name: 'web' }, spec });
    expect(events.map(({ type, object }) => [type, object.apiVersion])).toEqual([['ADDED', 'autoscaling/v1']]);
  });

  it('[API-85] serves events of both groups from one store', () => {
    const client = newClient();
    const url = '/apis/events.k8s.io/v1/namespaces/default/events';
    const event = {
      metadata: { name: 'e' },
      eventTime: '2026-01-01T00:00:00.000000Z',
      regarding: { kind: 'Pod', name: 'web', namespace: 'default' },
      reportingController: 'example.com/me',
      reportingInstance: 'me',
      action: 'Look',
      reason: 'Looked',
      note: 'Nothing there',
      type: 'Normal',
    };
    expect(client.send<EventsEvent>('POST', url, event)).toMatchObject({ status: 201, body: event });
    expect(client.get<Event>('/api/v1/namespaces/default/events/e').body).toMatchObject({
      apiVersion: 'v1',
      involvedObject: event.regarding,
      message: event.note,
      reportingComponent: event.reportingController,
    });
    const selected = `${url}?fieldSelector=regarding.name%3Dweb`;
    expect(client.get<KubeList<EventsEvent>>(selected).body.items).toHaveLength(1);
    const { message } = client.send<Status>('POST', url, {
      ...event,
      metadata: { name: 'f' },
      deprecatedCount: 3,
    }).body;
    expect(message).toBe('Event.events.k8s.io "f" is invalid: count: Invalid value: "": needs to be unset');
    const changed = client.patch<Status>(`${url}/e`, 'application/merge-patch+json', { note: 'else' }).body;
    expect(changed.message).toBe(
      'Event.events.k8s.io "e" is invalid: message: Invalid value: "else": field is immutable',
    );
  });

  it('[API-86] reads the states of components, with a warning', () => {
    const { body, headers } = newClient().get<KubeList<KubeObject>>('/api/v1/componentstatuses');
    expect(headers['warning']).toBe('299 - "v1 ComponentStatus is deprecated in v1.19+"');
    expect(body.items).toHaveLength(3);
    expect(newClient().send('POST', '/api/v1/componentstatuses', {}).status).toBe(405);
  });
});
