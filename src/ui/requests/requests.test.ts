import { describe, expect, it } from 'vitest';
import type { TraceMessage } from '../../api/index.ts';
import type { Node, Pod, Service } from '../../api/generated/types.ts';
import type { ClusterStores } from '../stores/cluster-stores.ts';
import type { ServiceView } from '../topology/scene.ts';
import { hopText, refusalText, verdictOf } from './hop-words.ts';
import { firstOrder, httpPorts, sendersTo } from './senders.ts';

const ready = [{ type: 'Ready', status: 'True' }];
const pod = (key: string, conditions: object[] = ready) => {
  const [namespace, name] = key.split('/');
  return { metadata: { name, namespace }, spec: {}, status: { conditions } } as unknown as Pod;
};
const node = (name: string, address: string, labels = {}) =>
  ({
    metadata: { name, labels },
    status: { conditions: ready, addresses: [{ type: 'InternalIP', address }] },
  }) as unknown as Node;
const service = (spec: object) =>
  ({
    metadata: { name: 'web', namespace: 'shop' },
    spec: { type: 'ClusterIP', clusterIP: '10.96.1.1', ports: [{ port: 80 }], ...spec },
  }) as unknown as Service;

function storesOf(pods: readonly Pod[]): Pick<ClusterStores, 'pods' | 'nodes'> {
  const store = (objects: readonly (Pod | Node)[]) => ({
    getState: () => ({ objects: new Map(objects.map((each) => [each.metadata.name, each])) }),
  });
  const nodes = [
    node('control-plane', '172.18.0.2', { 'node-role.kubernetes.io/control-plane': '' }),
    node('node-1', '172.18.0.3'),
  ];
  return { pods: store(pods), nodes: store(nodes) } as unknown as Pick<ClusterStores, 'pods' | 'nodes'>;
}

const view = { endpoints: ['shop/web-1'], notReady: [] } as unknown as ServiceView;
const pods = [pod('shop/web-1'), pod('other/far'), pod('shop/client'), pod('shop/young', [])];
const sendersOf = (spec: object) => {
  const target = service(spec);
  return sendersTo(target, httpPorts(target)[0]!, view, storesOf(pods)).map(
    ({ from, host, port }) => `${from} ${host}:${port}`,
  );
};

describe('senders', () => {
  it('come from near and from elsewhere before those behind the service; a node needs an address', () => {
    expect(sendersOf({})).toEqual([
      'pods/shop/client web:80',
      'pods/other/far web.shop:80',
      'pods/shop/web-1 web:80',
      'nodes/node-1 10.96.1.1:80',
    ]);
  });

  it('are outside where the service has a node port', () => {
    expect(sendersOf({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] })[0]).toBe('outside 172.18.0.3:30080');
  });

  it('ask a headless service for the port of its pods, and only by name', () => {
    const senders = sendersOf({ clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] });
    expect(senders).toContain('pods/shop/client web:8080');
    expect(senders.some((each) => each.startsWith('nodes/'))).toBe(false);
  });

  it('are nobody for what has no TCP port, or is a name elsewhere', () => {
    expect(firstOrder(service({ ports: [{ port: 53, protocol: 'UDP' }] }), view, storesOf(pods))).toBeUndefined();
    expect(firstOrder(service({ type: 'ExternalName' }), view, storesOf(pods))).toBeUndefined();
  });
});

describe('the words of a hop', () => {
  const hop = (rest: object) =>
    ({ verb: 'TCP 10.96.1.1:80', from: { type: 'pod' }, to: { type: 'service' }, ...rest }) as TraceMessage;

  it.each([
    [{}, 'opens a connection to 10.96.1.1:80'],
    [
      { verb: 'A web.shop.svc.cluster.local', to: { type: 'dns' }, detail: '10.96.1.1' },
      'asks for web.shop.svc.cluster.local: it is 10.96.1.1',
    ],
    [
      { verb: 'A nope', to: { type: 'dns' }, detail: 'NXDOMAIN', isRefused: true },
      'asks for nope: there is no such name',
    ],
    [{ from: { type: 'outside' }, verb: 'TCP 172.18.0.3:30080' }, 'comes in at node port 30080 of 172.18.0.3'],
    [{ to: { type: 'pod' }, detail: 'service shop/web picked 10.244.1.2:8080' }, 'picks the endpoint 10.244.1.2:8080'],
    [{ verb: 'HTTP 404 Not Found' }, 'answers 404 Not Found'],
  ])('%o', (rest, text) => expect(hopText(hop(rest))).toBe(text));

  it('say where a connection was refused, and what to look at', () => {
    const atService = hop({ isRefused: true, detail: 'service shop/web has no endpoints' });
    expect(refusalText(atService)).toBe('no endpoints');
    const refused = { type: 'failure', error: 'ECONNREFUSED', tookMs: 1 } as const;
    expect(verdictOf(refused, atService).text).toContain('no pod that its selector matches is Ready');
    expect(verdictOf(refused, hop({ to: { type: 'pod' }, isRefused: true })).text).toContain('targetPort');
    expect(verdictOf({ type: 'answer', status: 500, reason: 'Oops', body: '', tookMs: 3 }, undefined)).toEqual({
      isGood: false,
      title: '500 Oops',
      text: 'after 3 ms',
    });
  });
});
