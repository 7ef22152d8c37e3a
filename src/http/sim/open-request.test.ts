import { describe, expect, it } from 'vitest';
import { ApiError, type RequestNews } from '../../api/index.ts';
import type { ApiRequest } from '../../cluster/index.ts';
import { SimulatorSession } from '../simulator-session.ts';

const options = { seed: 7, epochMs: Date.UTC(2026, 0, 5, 9), nodes: 3 };

function request(method: string, path: string, query: Record<string, string> = {}, body?: object): ApiRequest {
  return {
    method,
    path,
    query: new Map(Object.entries(query).map(([name, value]) => [name, [value]])),
    headers: new Map([
      ['content-type', 'application/json'],
      ['user-agent', 'test'],
    ]),
    ...(body && { body: new TextEncoder().encode(JSON.stringify(body)) }),
  };
}

const pod = (name: string, labels: object, command?: readonly string[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'main', image: command ? 'busybox' : 'nginx', command }] },
});

/** A session with a client and a web server behind a service, ready. */
function withService(selector: object = { app: 'web' }): SimulatorSession {
  const session = new SimulatorSession(options);
  session.cluster.clock.runFor(20_000);
  const create = (resource: string, object: object) =>
    session.handle(request('POST', `/api/v1/namespaces/default/${resource}`, {}, object));
  create('pods', pod('web', { app: 'web' }));
  create('pods', pod('client', {}, ['sleep', '3600']));
  create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type: 'NodePort', selector, ports: [{ port: 80, nodePort: 30080 }] },
  });
  session.cluster.clock.runFor(30_000);
  return session;
}

function ask(session: SimulatorSession, query: Record<string, string>): readonly RequestNews[] {
  const { connection } = session.open(request('GET', '/sim/request', query));
  const news: RequestNews[] = [];
  connection.onMessage((bytes) => news.push(JSON.parse(new TextDecoder().decode(bytes)) as RequestNews));
  session.cluster.clock.runFor(60_000);
  return news;
}

const hopsOf = (news: readonly RequestNews[]) =>
  news.flatMap((each) =>
    each.type === 'hop' ? [`${each.hop.from.type} > ${each.hop.to.type}${each.hop.isRefused ? ' refused' : ''}`] : [],
  );

describe('/sim/request', () => {
  it('tells the hops from a pod over the DNS and the service to a pod and back, each caused by the one before', () => {
    const session = withService();
    const news = ask(session, { from: 'pods/default/client', host: 'web', port: '80', path: '/' });
    expect(hopsOf(news)).toEqual(['pod > dns', 'pod > service', 'service > pod', 'pod > pod']);
    expect(news.at(-1)).toMatchObject({ type: 'answer', status: 200, reason: 'OK' });
    const hops = news.flatMap((each) => (each.type === 'hop' ? [each.hop] : []));
    for (const [at, hop] of hops.slice(1).entries()) expect(hop.causeId).toBe(hops[at]!.id);
    expect(hops.at(-1)).toMatchObject({
      from: { name: 'default/web' },
      to: { name: 'default/client' },
      verb: 'HTTP 200 OK',
    });
  });

  it('comes in from outside at a node port', () => {
    const news = ask(withService(), { from: 'outside', host: '172.18.0.3', port: '30080' });
    expect(hopsOf(news)).toEqual(['outside > service', 'service > pod', 'pod > outside']);
    expect(news.at(-1)).toMatchObject({ type: 'answer', status: 200 });
  });

  it('is refused at the service that has no endpoints, and where nobody listens', () => {
    const empty = ask(withService({ app: 'nobody' }), { from: 'pods/default/client', host: 'web', port: '80' });
    expect(hopsOf(empty)).toEqual(['pod > dns', 'pod > service refused']);
    expect(empty.at(-1)).toMatchObject({ type: 'failure', error: 'ECONNREFUSED' });
    const toClient = ask(withService(), { from: 'pods/default/client', host: 'nobody', port: '80' });
    expect(hopsOf(toClient)).toEqual(['pod > dns refused']);
    expect(toClient.at(-1)).toMatchObject({ type: 'failure', error: 'NXDOMAIN' });
  });

  it('does not hang on what is not there', () => {
    const session = withService();
    for (const from of ['nodes/nowhere', 'pods/default/nobody', '__proto__']) {
      expect(ask(session, { from, host: '10.96.0.1', port: '80' })).toMatchObject([
        { type: 'failure', error: 'no-sender' },
      ]);
    }
    const dropped = ask(session, { from: 'outside', host: '10.96.0.1', port: '443' });
    expect(dropped.at(-1)).toMatchObject({ type: 'failure', error: 'ETIMEDOUT', tookMs: 5_000 });
    const malformed: Record<string, string>[] = [
      { host: 'web', port: '0' },
      { host: 'a\r\nb', port: '80' },
      { host: 'a', port: '1', path: 'x' },
    ];
    for (const wrong of malformed) {
      expect(() => ask(session, { from: 'outside', ...wrong })).toThrow(ApiError);
    }
  });

  it('is in the journal: a replay sends it again', async () => {
    const session = withService();
    ask(session, { from: 'pods/default/client', host: 'web', port: '80' });
    const hops = (cluster: SimulatorSession['cluster']) =>
      cluster.trace.since(0).filter(({ kind }) => kind === 'packet');
    const again = await SimulatorSession.replay(session.save());
    expect(hops(session.cluster).some(({ verb }) => verb === 'HTTP 200 OK')).toBe(true);
    expect(hops(again.cluster)).toEqual(hops(session.cluster));
  });
});
