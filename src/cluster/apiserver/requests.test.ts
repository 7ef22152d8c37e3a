import { describe, expect, it } from 'vitest';
import type { KubeObject, Status } from '../../api/index.ts';
import type { ConfigMap, SelfSubjectReview } from '../../api/generated/types.ts';
import { createCluster } from '../cluster.ts';
import { TestClient } from './test-client.ts';

const path = '/api/v1/namespaces/default/configmaps';
const newCluster = () => createCluster({ seed: 1, nodes: [], freeze: true });
const newClient = () => new TestClient(newCluster());
const configMap = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  ...more,
});

describe('requests', () => {
  it.each([
    ['GET', '/nope'],
    ['GET', '/api/v2'],
    ['GET', '/api/v1/namespaces/default/nodes'],
    ['GET', '/api/v1/pods/x'],
    ['GET', '/apis/apps/v1/namespaces/default/foos'],
    ['GET', `${path}/x/nope`],
  ])('[API-1] %s %s is no page', (method, url) => {
    expect(newClient().send(method, url)).toMatchObject({ status: 404, body: '404 page not found\n' });
  });

  it.each([
    ['POST', '/version'],
    ['POST', '/api/v1/pods'],
    ['PUT', path],
    ['POST', `${path}/x`],
    ['GET', '/apis/authentication.k8s.io/v1/selfsubjectreviews'],
  ])('[API-1] [API-2] %s %s is not allowed', (method, url) => {
    const { status, body } = newClient().send<Status>(method, url, {});
    expect(status).toBe(405);
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', reason: 'MethodNotAllowed', code: 405 });
  });

  it('[API-2] survives a bug of its own and tells of it', () => {
    const bugs: unknown[] = [];
    const cluster = createCluster({ seed: 1, nodes: [], onBug: (error) => bugs.push(error) });
    cluster.apiServer.storeFor = () => {
      throw new Error('boom');
    };
    const client = new TestClient(cluster);
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'web' } };
    const { status, body } = client.send<Status>('POST', '/api/v1/namespaces/default/pods/web/eviction', eviction);
    expect(status).toBe(500);
    expect(body).toMatchObject({ reason: 'InternalError', message: 'Internal error occurred: boom' });
    expect(bugs).toHaveLength(1);
    expect(client.get('/version').status).toBe(200);
  });

  it('[API-3] refuses what is too large or of an unknown type', () => {
    const client = newClient();
    const large = configMap('x', { data: { a: 'a'.repeat(3 * 1024 * 1024) } });
    expect(client.send<Status>('POST', path, large).body).toMatchObject({
      code: 413,
      message: 'Request entity too large: limit is 3145728',
    });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(client.send<Status>('POST', path, 'a=b', form).body).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
    });
    expect(client.get<Status>(path, { accept: 'text/html' }).body).toMatchObject({
      code: 406,
      message: 'only the following media types are accepted: application/json, application/yaml',
    });
  });

  it.each([
    ['', 'unexpected end of JSON input (<empty>)'],
    ['{"a":', 'unexpected end of JSON input ({"a":)'],
    ['{"metadata":{"name":"x"},}', "invalid character '}' looking for beginning of object key string"],
    ['nope', "invalid character 'o' in literal null (expecting 'u') (6e6f7065)"],
    ['[]', 'json: cannot unmarshal array into Go value of type struct'],
  ])('[API-4] says what is wrong with %j', (text, words) => {
    const { body } = newClient().send<Status>('POST', path, text);
    expect(body.message).toContain(words);
    expect(body.message).toMatch(/^the object provided is unrecognized \(must be of type ConfigMap\): /);
  });

  it('[API-4] says which type a field has', () => {
    const { body } = newClient().send<Status>('POST', path, configMap('x', { data: 1 }));
    expect(body.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type map[string]string',
    );
  });

  it('[API-5] treats unknown fields as asked', () => {
    const client = newClient();
    const odd = configMap('x', { foo: 1 });
    expect(client.send<Status>('POST', `${path}?fieldValidation=Strict`, odd).body.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo"',
    );
    const warned = client.send('POST', path, odd);
    expect(warned).toMatchObject({ status: 201, headers: { warning: '299 - "unknown field \\"foo\\""' } });
    const silent = client.send('POST', `${path}?fieldValidation=Ignore`, configMap('y', { foo: 1 }));
    expect(silent.status).toBe(201);
    expect(silent.headers['warning']).toBeUndefined();
    expect(silent.body).not.toHaveProperty('foo');
  });

  it.each([
    [
      { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'x' } },
      'Pod in version "v1" cannot be handled as a ConfigMap',
    ],
    [{ kind: 'Foo', apiVersion: 'v1', metadata: { name: 'x' } }, 'no kind "Foo" is registered for version "v1"'],
    [
      configMap('x', { metadata: { name: 'x', namespace: 'other' } }),
      'the namespace of the provided object does not match',
    ],
  ])('[API-6] refuses %j', (object, words) => {
    expect(newClient().send<Status>('POST', path, object).body).toMatchObject({
      code: 400,
      message: expect.stringContaining(words),
    });
  });

  it('[API-6] refuses a name that the path does not have', () => {
    const client = newClient();
    client.send('POST', path, configMap('x'));
    expect(client.send<Status>('PUT', `${path}/x`, configMap('y')).body.message).toBe(
      'the name of the object (y) does not match the name on the URL (x)',
    );
  });

  it('[API-7] changes nothing by reading', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    client.send('POST', path, configMap('x'));
    const before = [cluster.store.revision, cluster.clock.executed, cluster.clock.pending, cluster.clock.nowMs];
    for (const url of [path, `${path}/x`, '/apis', '/openapi/v3/api/v1', '/openapi/v2', `${path}/nope`, '/version'])
      client.get(url);
    client.watch(`${path}?watch=1&timeoutSeconds=5&allowWatchBookmarks=true`);
    expect([cluster.store.revision, cluster.clock.executed, cluster.clock.pending, cluster.clock.nowMs]).toEqual(
      before,
    );
  });

  it('[API-8] writes for people and as YAML', () => {
    const client = newClient();
    const { body } = client.get<string>(`${path}?pretty=true`);
    expect(body).toContain('\n  "kind": "ConfigMapList"');
    const yaml = client.get<string>('/api/v1/namespaces/default', { accept: 'application/yaml' });
    expect(yaml.headers['content-type']).toBe('application/yaml');
    expect(yaml.body).toContain('kind: Namespace\n');
    const sent = client.send<ConfigMap>('POST', path, 'kind: ConfigMap\nmetadata: {name: yaml}\ndata: {a: "1"}\n', {
      'content-type': 'application/yaml',
    });
    expect(sent.body.data).toEqual({ a: '1' });
  });

  it('[API-9] knows who is asking', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    const whoami = (headers: Record<string, string> = {}) => {
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
      const answer = client.send<SelfSubjectReview>(
        'POST',
        '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        body,
        headers,
      );
      return answer.status === 201 ? answer.body.status?.userInfo?.username : answer.status;
    };
    expect(whoami()).toBe('kubernetes-admin');
    expect(whoami({ 'impersonate-user': 'eve' })).toBe('eve');
    cluster.clock.runFor(5000);
    const tokenPath = '/api/v1/namespaces/default/serviceaccounts/default/token';
    const request = { spec: { expirationSeconds: 600 } };
    const { body } = client.send<{ status: { token: string } } & KubeObject>('POST', tokenPath, request);
    const authorization = `Bearer ${body.status.token}`;
    expect(whoami({ authorization })).toBe('system:serviceaccount:default:default');
    expect(whoami({ authorization: `${authorization}x` })).toBe(401);
    cluster.clock.runFor(601_000);
    expect(whoami({ authorization })).toBe(401);
  });
});
