import { beforeEach, describe, expect, it } from 'vitest';
import type { ContainerStack } from '../index.ts';
import { NetworkRig } from '../testing/network-rig.ts';

let rig: NetworkRig;
let db: { readonly ip: string; readonly stack: ContainerStack };
let web: { readonly ip: string; readonly stack: ContainerStack };
let stranger: { readonly ip: string; readonly stack: ContainerStack };

/** A database, the web server that may talk to it, and somebody from another namespace. */
beforeEach(() => {
  rig = new NetworkRig({ nodes: 2 });
  db = rig.pod('db', 'node-1');
  web = rig.pod('web', 'node-2');
  stranger = rig.pod('shop/web', 'node-2');
  rig.namespace('default', {});
  rig.namespace('shop', { team: 'shop' });
  rig.labels('db', { app: 'db' }, [{ name: 'sql', containerPort: 5432, protocol: 'TCP' }]);
  rig.labels('web', { app: 'web' });
  rig.labels('shop/web', { app: 'web' });
  rig.serve(db.stack, 5432, 'db');
  rig.serve(db.stack, 9187, 'metrics');
  rig.serve(web.stack, 80, 'web');
});

const answers = (from: { readonly stack: ContainerStack }, port = 5432): boolean =>
  rig.fetch(from.stack, db.ip, port).includes('saw');
const selectDb = { podSelector: { matchLabels: { app: 'db' } } };

describe('[NET-50] a policy', () => {
  it('isolates the pods that it selects, and no others', () => {
    expect(answers(web)).toBe(true);
    rig.policy('deny', { ...selectDb, policyTypes: ['Ingress'] });
    expect(rig.fetch(web.stack, db.ip, 5432)).toBe('ETIMEDOUT');
    expect(rig.trace.since(0).at(-1)).toMatchObject({
      isRefused: true,
      detail: 'network policy default/deny does not let this in to pod default/db',
    });
    expect(rig.fetch(db.stack, web.ip, 80)).toContain('saw');
    expect(rig.fetch(stranger.stack, web.ip, 80)).toContain('saw');
  });

  it('adds to what others allow', () => {
    rig.policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    rig.policy('in', { ...selectDb, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] });
    expect(answers(web)).toBe(false);
    rig.policy('out', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [selectDb] }] });
    expect(answers(web)).toBe(true);
    expect(rig.fetch(db.stack, web.ip, 80)).toBe('ETIMEDOUT');
  });
});

describe('[NET-51] a rule', () => {
  const allow = (...peers: NonNullable<Parameters<NetworkRig['policy']>[1]['ingress']>[number]['from'] & object[]) =>
    rig.policy('allow', { ...selectDb, policyTypes: ['Ingress'], ingress: [{ from: peers }] });

  it('knows pods of its own namespace by their labels', () => {
    allow({ podSelector: { matchLabels: { app: 'web' } } });
    expect([answers(web), answers(stranger)]).toEqual([true, false]);
  });

  it('knows namespaces by theirs, alone or together with the labels of pods', () => {
    allow({ namespaceSelector: { matchLabels: { team: 'shop' } } });
    expect([answers(web), answers(stranger)]).toEqual([false, true]);
    const namespaceSelector = { matchLabels: { team: 'shop' } };
    allow({ namespaceSelector, podSelector: { matchLabels: { app: 'other' } } });
    expect([answers(web), answers(stranger)]).toEqual([false, false]);
    allow({ namespaceSelector }, { podSelector: { matchLabels: { app: 'web' } } });
    expect([answers(web), answers(stranger)]).toEqual([true, true]);
  });

  it('knows ranges of addresses', () => {
    allow({ ipBlock: { cidr: '10.244.0.0/16', except: [`${web.ip}/32`] } });
    expect([answers(web), answers(stranger)]).toEqual([false, true]);
  });

  it('knows ports by number, range and name', () => {
    const ports = (...list: object[]) =>
      rig.policy('ports', { ...selectDb, policyTypes: ['Ingress'], ingress: [{ ports: list }] });
    ports({ port: 5432, protocol: 'TCP' });
    expect([answers(web), answers(web, 9187)]).toEqual([true, false]);
    ports({ port: 9000, endPort: 9999, protocol: 'TCP' });
    expect([answers(web), answers(web, 9187)]).toEqual([false, true]);
    ports({ port: 'sql', protocol: 'TCP' });
    expect([answers(web), answers(web, 9187)]).toEqual([true, false]);
    ports({ protocol: 'UDP' });
    expect([answers(web), answers(web, 9187)]).toEqual([false, false]);
  });
});

it('[NET-52] lets the own node in, and knows only addresses of nodes', () => {
  rig.policy('deny', { ...selectDb, policyTypes: ['Ingress'] });
  const own = rig.run(rig.network.dialFromNode('node-1', db.ip, 5432)).value;
  const other = rig.run(rig.network.dialFromNode('node-2', db.ip, 5432)).value;
  expect([typeof own, other]).toEqual(['object', 'ETIMEDOUT']);
});

it('[NET-53] takes the names away from a pod that may not ask for them', () => {
  rig.service('db', { clusterIP: '10.96.3.3', ports: [{ port: 5432 }] });
  rig.policy('out', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [selectDb] }] });
  expect(rig.run(web.stack.resolve('db')).value).toBe('TIMEOUT');
  const to = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }];
  rig.namespace('kube-system', {});
  rig.policy('names', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to, ports: [{ port: 53, protocol: 'UDP' }] }],
  });
  expect(rig.run(web.stack.resolve('db')).value).toEqual(['10.96.3.3']);
});
