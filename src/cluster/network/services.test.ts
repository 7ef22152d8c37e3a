import { describe, expect, it } from 'vitest';
import { NetworkRig } from './testing/network-rig.ts';
import { candidates, lookUpHosts, parseResolvConf } from './resolver.ts';

const port = (number: number, nodePort?: number) => ({ port: number, protocol: 'TCP', ...(nodePort && { nodePort }) });

/** A service with three pods on two nodes, and a client. */
function withService(spec: object = {}, seed = '1') {
  const rig = new NetworkRig({ seed });
  const pods = [rig.pod('a'), rig.pod('b', 'node-2'), rig.pod('c', 'node-2')];
  pods.forEach(({ stack }, index) => rig.serve(stack, 8080, 'abc'[index]!));
  rig.service('web', { clusterIP: '10.96.1.1', ports: [port(80, 30080)], ...spec });
  const endpoints = pods.map(({ ip }, index) => ({
    addresses: [ip],
    nodeName: index === 0 ? 'node-1' : 'node-2',
    conditions: { ready: true },
    targetRef: { kind: 'Pod', namespace: 'default', name: 'abc'[index]! },
  }));
  rig.endpoints('web', 8080, endpoints);
  const client = rig.pod('client');
  const ask = (host = '10.96.1.1', number = 80) => rig.fetch(client.stack, host, number);
  return { rig, pods, endpoints, client, ask };
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, () => make());

describe('a service', () => {
  it('[NET-20] sends connections to its endpoints at random, the same way for the same seed', () => {
    const run = () => times(60, withService().ask);
    const answers = run();
    expect(new Set(answers)).toEqual(new Set(['a saw 10.244.0.3', 'b saw 10.244.0.3', 'c saw 10.244.0.3']));
    expect(run()).toHaveLength(60);
    const one = withService();
    const two = withService();
    expect(times(20, one.ask)).toEqual(times(20, two.ask));
  });

  it('[NET-21] uses ready endpoints, or those that still serve', () => {
    const { rig, endpoints, ask, client } = withService();
    const conditions = [{ ready: false }, { ready: true }, { ready: false, serving: true, terminating: true }];
    const put = (next: readonly object[]) =>
      rig.endpoints(
        'web',
        8080,
        endpoints.map((endpoint, index) => ({ ...endpoint, conditions: next[index]! })),
      );
    put(conditions);
    expect(new Set(times(20, ask))).toEqual(new Set(['b saw 10.244.0.3']));
    put([{ ready: false }, { ready: false }, conditions[2]!]);
    expect(new Set(times(20, ask))).toEqual(new Set(['c saw 10.244.0.3']));
    put([{ ready: false }, { ready: false }, { ready: false }]);
    expect(ask()).toBe('ECONNREFUSED');
    expect(rig.run(client.stack.connect('10.96.1.1', 81, { timeoutMs: 100 })).value).toBe('ETIMEDOUT');
  });

  it('[NET-22] answers on its node port everywhere', () => {
    const { rig, ask } = withService();
    expect(ask('172.18.0.2', 30080)).toMatch(/^[abc] saw 172\.18\.0\.2$/);
    expect(ask('172.18.0.3', 30080)).toMatch(/^[abc] saw 172\.18\.0\.3$/);
    expect(rig.run(rig.network.dialFromOutside('node-2', 30080)).value).toBeTypeOf('object');
    expect(ask('172.18.0.3', 30081)).toBe('ECONNREFUSED');
  });

  it('[NET-23] sticks to an endpoint with ClientIP affinity', () => {
    const sessionAffinityConfig = { clientIP: { timeoutSeconds: 100 } };
    const { rig, ask } = withService({ sessionAffinity: 'ClientIP', sessionAffinityConfig });
    expect(new Set(times(30, ask)).size).toBe(1);
    const others = times(12, () => {
      rig.clock.runFor(101_000);
      return ask();
    });
    expect(new Set(others).size).toBeGreaterThan(1);
  });

  it('[NET-24] stays on the node with a local traffic policy', () => {
    const internal = withService({ internalTrafficPolicy: 'Local' });
    expect(new Set(times(20, internal.ask))).toEqual(new Set(['a saw 10.244.0.3']));
    const far = internal.rig.pod('far', 'node-2');
    expect(internal.rig.fetch(far.stack, '10.96.1.1', 80)).toMatch(/^[bc] saw/);

    const external = withService({ externalTrafficPolicy: 'Local' });
    const seen = times(20, () => external.ask('172.18.0.2', 30080));
    expect(new Set(seen)).toEqual(new Set(['a saw 10.244.0.3']));
    external.rig.endpoints('web', 8080, external.endpoints.slice(1));
    const { stack } = external.client;
    expect(external.rig.run(stack.connect('172.18.0.2', 30080, { timeoutMs: 50 })).value).toBe('ETIMEDOUT');
    expect(external.ask('172.18.0.3', 30080)).toMatch(/^[bc] saw/);
  });

  it('[NET-40] leaves its hops in the trace', () => {
    const { rig, ask } = withService();
    ask('web');
    const hops = rig.trace.since(0).map(({ kind, from, to, verb }) => `${kind} ${from.type}>${to.type} ${verb}`);
    expect(hops).toEqual([
      'packet pod>dns A web.default.svc.cluster.local',
      'packet pod>service TCP 10.96.1.1:80',
      'packet service>pod TCP 10.96.1.1:80',
    ]);
    const [dns, toService, toPod] = rig.trace.since(0);
    expect(dns!.detail).toBe('10.96.1.1');
    expect(toPod!.causeId).toBe(toService!.id);
    expect(toPod!.detail).toMatch(/^service default\/web picked 10\.244\.\d\.\d:8080$/);
    const before = toPod!.id;
    ask('10.244.0.2', 99);
    expect(rig.trace.since(before)).toMatchObject([{ isRefused: true, detail: 'connection refused' }]);
    rig.run(rig.network.dialFromNode('node-1', '10.244.0.2', 8080));
    expect(rig.trace.since(before)).toHaveLength(1);
  });
});

describe('names', () => {
  function withNames() {
    const rig = new NetworkRig();
    rig.service('web', { clusterIP: '10.96.1.1', ports: [port(80)] });
    rig.service('db', { clusterIP: 'None', ports: [port(5432)] });
    rig.service('alias', { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' });
    rig.endpoints('db', 5432, [
      { addresses: ['10.244.0.8'], hostname: 'db-0', conditions: { ready: true } },
      { addresses: ['10.244.0.9'], hostname: 'db-1', conditions: { ready: true } },
      { addresses: ['10.244.0.10'], hostname: 'db-2', conditions: { ready: false } },
    ]);
    const client = rig.pod('client', 'node-1', { '/etc/hosts': '127.0.0.1 localhost\n10.1.2.3 printer # desk\n' });
    return { rig, client, ask: (name: string) => rig.run(client.stack.resolve(name)).value };
  }

  it.each([
    ['[NET-31] web', 'web', ['10.96.1.1']],
    ['[NET-31] web.default', 'web.default', ['10.96.1.1']],
    ['[NET-31] web.default.svc', 'web.default.svc', ['10.96.1.1']],
    ['[NET-31] the full name', 'web.default.svc.cluster.local', ['10.96.1.1']],
    ['[NET-31] the full name with its dot', 'web.default.svc.cluster.local.', ['10.96.1.1']],
    ['[NET-31] an address', '10.1.1.1', ['10.1.1.1']],
    ['[NET-31] /etc/hosts', 'printer', ['10.1.2.3']],
    ['[NET-30] a pod of a headless service', 'db-1.db', ['10.244.0.9']],
    ['[NET-30] a pod by its address', '10-244-0-8.db', ['10.244.0.8']],
    ['[NET-30] an alias', 'alias', ['10.96.1.1']],
    ['[NET-30] the name of an address', '10-244-3-4.default.pod', ['10.244.3.4']],
    ['[NET-32] an unknown service', 'nope', 'NXDOMAIN'],
    ['[NET-32] an unknown namespace', 'web.nope', 'NXDOMAIN'],
    ['[NET-32] a pod that is not ready', 'db-2.db', 'NXDOMAIN'],
    ['[NET-32] a name outside', 'example.com', 'NXDOMAIN'],
  ])('%s', (_, name, expected) => expect(withNames().ask(name)).toEqual(expected));

  it('[NET-30] of headless services give all ready addresses', () => {
    expect([...(withNames().ask('db') as readonly string[])].sort()).toEqual(['10.244.0.8', '10.244.0.9']);
  });

  it('[NET-32] time out without a server that answers', () => {
    const { rig, client } = withNames();
    rig.network.setNodeLink('node-1', false);
    expect(rig.run(client.stack.resolve('web'))).toEqual({ value: 'TIMEOUT', ms: 10_000 });
    const files = { '/etc/resolv.conf': 'nameserver 8.8.8.8\noptions timeout:1 attempts:3\n' };
    const other = rig.pod('other', 'node-2', files);
    expect(rig.run(other.stack.resolve('web'))).toEqual({ value: 'TIMEOUT', ms: 3000 });
  });

  it.each([
    ['web', ['web.a.b', 'web.b', 'web']],
    ['web.x', ['web.x.a.b', 'web.x.b', 'web.x']],
    ['one.two.three', ['one.two.three', 'one.two.three.a.b', 'one.two.three.b']],
    ['web.', ['web']],
  ])('[NET-31] searches for %s', (name, expected) => {
    expect(candidates(name, parseResolvConf('search a.b b\noptions ndots:2\n'))).toEqual(expected);
  });

  it('[NET-31] reads hosts files', () => {
    expect(lookUpHosts('::1 me\n# 1.1.1.1 me\n2.2.2.2 you me\n', 'ME')).toEqual(['2.2.2.2']);
  });
});
