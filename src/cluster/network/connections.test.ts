import { describe, expect, it } from 'vitest';
import { encodeUtf8, decodeUtf8, type Routine } from '../../kernel/index.ts';
import type { Connection } from '../../shell/index.ts';
import { AddressPool } from './address-pool.ts';
import { parseCidr } from './ip-address.ts';
import { NetworkRig } from './testing/network-rig.ts';

describe('addresses', () => {
  it('[NET-1] come from the range of the node', () => {
    const rig = new NetworkRig({ nodes: 3 });
    rig.addNode('node-3', '10.244.77.0/24');
    expect([rig.pod('a').ip, rig.pod('b').ip, rig.pod('c', 'node-2').ip, rig.pod('d', 'node-3').ip]).toEqual([
      '10.244.0.2',
      '10.244.0.3',
      '10.244.1.2',
      '10.244.77.2',
    ]);
    rig.network.detachPod('uid-a');
    expect(rig.pod('e').ip).toBe('10.244.0.4');
  });

  it('[NET-1] are given again only after the others', () => {
    const pool = new AddressPool(parseCidr('10.0.0.0/29')!);
    const taken = Array.from({ length: 6 }, () => pool.take());
    expect(taken).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6', undefined]);
    pool.free(parseCidr('10.0.0.3/32')!.first);
    expect(pool.take()).toBe('10.0.0.3');
  });

  it('[NET-2] are shared within a pod, and by a host network pod with its node', () => {
    const rig = new NetworkRig();
    const web = rig.pod('web');
    rig.serve(web.stack, 80, 'web');
    expect(rig.fetch(web.stack, '127.0.0.1', 80)).toBe('web saw 127.0.0.1');
    expect(rig.fetch(web.stack, 'localhost', 80)).toBe('web saw 127.0.0.1');
    expect(rig.fetch(rig.pod('other').stack, '127.0.0.1', 80)).toBe('ECONNREFUSED');
    const host = rig.pod('host-agent');
    expect(host.ip).toBe('172.18.0.2');
    rig.serve(host.stack, 9100, 'agent');
    expect(rig.fetch(rig.pod('far', 'node-2').stack, '172.18.0.2', 9100)).toBe('agent saw 10.244.1.2');
  });

  it('[NET-3] have each port once', () => {
    const rig = new NetworkRig();
    const { stack } = rig.pod('web');
    const first = stack.listen(80);
    expect(stack.listen(80)).toBe('EADDRINUSE');
    expect(stack.listen(80, '127.0.0.1')).toBe('EADDRINUSE');
    if (typeof first !== 'string') first.close();
    expect(stack.listen(80, '127.0.0.1')).toMatchObject({ port: 80 });
    expect(rig.pod('other').stack.listen(80)).toMatchObject({ port: 80 });
  });
});

describe('a connection', () => {
  /** Two ends that are connected. */
  function connected(rig: NetworkRig, nodes: readonly [string, string] = ['node-1', 'node-2']) {
    const [from, to] = [rig.pod('from', nodes[0]), rig.pod('to', nodes[1])];
    const listener = to.stack.listen(80);
    if (typeof listener === 'string') throw new Error(listener);
    const client = rig.run(from.stack.connect(to.ip, 80)).value as Connection;
    const server = rig.run(listener.accept()).value!;
    return { from, to, client, server };
  }

  it('[NET-10] carries bytes both ways in order', () => {
    const rig = new NetworkRig();
    const { client, server } = connected(rig);
    expect(client).toMatchObject({ localAddress: '10.244.0.2', remoteAddress: '10.244.1.2', remotePort: 80 });
    expect(server).toMatchObject({ localAddress: '10.244.1.2', remoteAddress: '10.244.0.2', localPort: 80 });
    rig.run(client.write(encodeUtf8('one')));
    rig.run(client.write(encodeUtf8('two')));
    client.shutdown();
    const read = function* (): Routine<string> {
      let text = '';
      for (let bytes = yield* server.read(); bytes; bytes = yield* server.read()) text += decodeUtf8(bytes);
      yield* server.write(encodeUtf8('thanks'));
      server.close();
      return text;
    };
    const { value, ms } = rig.run(read());
    expect(value).toBe('onetwo');
    expect(ms).toBeGreaterThan(0.1);
    expect(decodeUtf8(rig.run(client.read()).value!)).toBe('thanks');
    expect(rig.run(client.read()).value).toBeUndefined();
  });

  it('[NET-10] makes a sender wait whose bytes nobody reads', () => {
    const rig = new NetworkRig();
    const { client, server } = connected(rig);
    let written = 0;
    rig.start(function* () {
      for (; written < 10; written++) yield* client.write(new Uint8Array(32_768));
    });
    rig.clock.runFor(1000);
    expect(written).toBe(2);
    rig.run(server.read());
    rig.clock.runFor(1000);
    expect(written).toBe(3);
  });

  it.each([
    { name: 'nobody listens', host: '10.244.1.2', expected: 'ECONNREFUSED', ms: [0, 2] },
    { name: 'nobody has the address', host: '10.244.1.9', expected: 'EHOSTUNREACH', ms: [3000, 3200] },
    { name: 'no service has the address', host: '10.96.7.7', expected: 'ETIMEDOUT', ms: [127_000, 127_001] },
    { name: 'it is outside', host: '93.184.215.14', expected: 'ETIMEDOUT', ms: [127_000, 127_001] },
  ])('[NET-11] ends in $expected where $name', ({ host, expected, ms }) => {
    const rig = new NetworkRig();
    const { stack } = rig.pod('from');
    rig.pod('to', 'node-2');
    const { value, ms: took } = rig.run(stack.connect(host, 80));
    expect(value).toBe(expected);
    expect(took).toBeGreaterThanOrEqual(ms[0]!);
    expect(took).toBeLessThanOrEqual(ms[1]!);
    expect(rig.run(stack.connect(host, 80, { timeoutMs: 1 })).value).toBe(ms[0]! > 1 ? 'ETIMEDOUT' : expected);
  });

  it('[NET-12] ends when the pod goes', () => {
    const rig = new NetworkRig();
    const { client, to } = connected(rig);
    rig.network.detachPod('uid-to');
    expect(rig.run(client.read()).value).toBeUndefined();
    expect(() => rig.run(client.write(encodeUtf8('x')))).toThrow('it never ends');
    expect(rig.fetch(rig.pod('late').stack, to.ip, 80)).toBe('EHOSTUNREACH');
  });

  it('[NET-12] ends when the container that opened it ends', () => {
    const rig = new NetworkRig();
    const { client, to } = connected(rig);
    to.stack.close();
    expect(rig.run(client.read()).value).toBeUndefined();
    expect(rig.fetch(rig.pod('late').stack, to.ip, 80)).toBe('ECONNREFUSED');
  });

  it('[NET-13] waits while a node is cut off', () => {
    const rig = new NetworkRig();
    const { client, server, from, to } = connected(rig);
    rig.network.setNodeLink('node-2', false);
    rig.run(client.write(encodeUtf8('late')));
    let got = '';
    rig.start(function* () {
      got = decodeUtf8((yield* server.read())!);
    });
    rig.clock.runFor(5000);
    expect(got).toBe('');
    expect(rig.run(from.stack.connect(to.ip, 80)).value).toBe('EHOSTUNREACH');
    expect(rig.run(to.stack.connect(from.ip, 80)).value).toBe('EHOSTUNREACH');
    rig.network.setNodeLink('node-2', true);
    rig.clock.runFor(10);
    expect(got).toBe('late');
    expect(rig.run(from.stack.connect(to.ip, 80)).value).toBeTypeOf('object');
  });

  it('[NET-14] from outside reaches nodes only', () => {
    const rig = new NetworkRig();
    const web = rig.pod('web');
    rig.serve(web.stack, 80, 'web');
    rig.serve(rig.pod('host-agent').stack, 9100, 'agent');
    const dial = (host: string, port: number) =>
      rig.run(rig.network.dialFromOutside(host, port, { timeoutMs: 2000 })).value;
    expect(dial(web.ip, 80)).toBe('ETIMEDOUT');
    expect(dial('172.18.0.2', 80)).toBe('ECONNREFUSED');
    expect(dial('172.18.0.2', 9100)).toBeTypeOf('object');
    expect(dial('node-1', 9100)).toBeTypeOf('object');
    rig.network.setNodeLink('node-1', false);
    expect(dial('172.18.0.2', 9100)).toBe('ETIMEDOUT');
  });

  it('[NET-15] is judged in one place', () => {
    const rig = new NetworkRig({
      judge: ({ from, to, port }) =>
        from.name === 'default/bad' && port === 80
          ? { isAllowed: false, detail: `no way to ${to.name}` }
          : { isAllowed: true },
    });
    const web = rig.pod('web');
    rig.serve(web.stack, 80, 'web');
    expect(rig.fetch(rig.pod('good').stack, web.ip, 80)).toBe('web saw 10.244.0.3');
    expect(rig.run(rig.pod('bad').stack.connect(web.ip, 80, { timeoutMs: 500 }))).toEqual({
      value: 'ETIMEDOUT',
      ms: 500,
    });
    expect(rig.trace.since(0).at(-1)).toMatchObject({ isRefused: true, detail: 'no way to default/web' });
  });
});
