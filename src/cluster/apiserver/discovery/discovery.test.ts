import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../api/index.ts';
import { createCluster } from '../../cluster.ts';
import { resources } from '../registry/index.ts';
import { TestClient } from '../test-client.ts';

interface Legacy {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly verbs: readonly string[];
    readonly shortNames?: readonly string[];
  }[];
}

interface Aggregated {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources: readonly {
        readonly resource: string;
        readonly responseKind: { readonly kind: string };
        readonly verbs: readonly string[];
        readonly shortNames?: readonly string[];
        readonly subresources?: readonly {
          readonly subresource: string;
          readonly responseKind: { readonly kind: string };
          readonly verbs: readonly string[];
        }[];
      }[];
    }[];
  }[];
}

const newCluster = () => createCluster({ seed: 1, nodes: [] });
const newClient = () => new TestClient(newCluster());

describe('discovery', () => {
  it('[API-80] tells the version that objects are stored in by a hash', () => {
    interface Hashed {
      readonly resources: readonly { readonly name: string; readonly storageVersionHash?: string }[];
    }
    const hashes = new Map(
      newClient()
        .get<Hashed>('/api/v1')
        .body.resources.map(({ name, storageVersionHash }) => [name, storageVersionHash]),
    );
    // As on every cluster.
    expect(hashes.get('pods')).toBe('xPOwRZ+Yhw8=');
    expect(hashes.get('services')).toBe('0/CO1lhkEBI=');
    expect(hashes.get('pods/log')).toBeUndefined();
    expect(hashes.get('componentstatuses')).toBeUndefined();
    expect(hashes.get('bindings')).toBeUndefined();
  });

  it('[API-80] says the same in both forms', () => {
    const client = newClient();
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    for (const root of ['/api', '/apis']) {
      const { body, headers } = client.get<Aggregated>(root, { accept });
      expect(headers['content-type']).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
      for (const { metadata, versions } of body.items) {
        for (const { version, resources: served } of versions) {
          const path = metadata.name ? `/apis/${metadata.name}/${version}` : `/api/${version}`;
          const legacy = client
            .get<Legacy>(path)
            .body.resources.map(({ name, kind, verbs, shortNames }) => [name, kind, verbs, shortNames]);
          const aggregated = served.flatMap((one) => [
            [one.resource, one.responseKind.kind, one.verbs, one.shortNames],
            ...(one.subresources ?? []).map((below) => [
              `${one.resource}/${below.subresource}`,
              below.responseKind.kind,
              below.verbs,
              undefined,
            ]),
          ]);
          expect(aggregated).toEqual(legacy);
        }
      }
    }
  });

  it('[API-80] knows sub-resources with kinds of their own', () => {
    const { resources: served } = newClient().get<Legacy>('/api/v1').body;
    const kinds = Object.fromEntries(served.map(({ name, kind }) => [name, kind]));
    expect(kinds).toMatchObject({
      'pods/eviction': 'Eviction',
      'pods/binding': 'Binding',
      'serviceaccounts/token': 'TokenRequest',
      'pods/status': 'Pod',
    });
  });

  it.each([
    ['/healthz', 'ok'],
    ['/livez', 'ok'],
    ['/readyz', 'ok'],
    ['/readyz/ping', 'ok'],
  ])('[API-81] %s is well', (path, body) => {
    expect(newClient().get(path)).toMatchObject({ status: 200, body });
  });

  it('[API-81] tells more when asked', () => {
    const client = newClient();
    expect(client.get<string>('/readyz?verbose').body).toMatch(
      /^\[\+\]ping ok\n(\[\+\].* ok\n)+readyz check passed\n$/,
    );
    expect(client.get<{ paths: string[] }>('/').body.paths).toEqual(
      expect.arrayContaining(['/api/v1', '/apis/apps/v1', '/healthz/ping']),
    );
    expect(client.get('/version').body).toMatchObject({
      major: '1',
      minor: '35',
      gitVersion: 'v1.35.2',
      platform: 'linux/amd64',
    });
  });

  it('[API-81] checks one thing, or all but some', () => {
    const client = newClient();
    expect(client.get('/readyz/etcd').body).toBe('ok');
    expect(client.get('/livez/poststarthook/bootstrap-controller').body).toBe('ok');
    expect(client.get('/livez/nothing').status).toBe(404);
    expect(client.get('/readyz/').body).toBe('ok');
    const text = client.get('/livez?verbose&exclude=etcd&exclude=nothing').body as unknown as string;
    expect(text).toMatch(/^warn: some health checks cannot be excluded: no matches for "nothing"\n\[\+\]ping ok\n/);
    expect(text).toContain('[+]etcd excluded: ok\n');
    expect(text).toMatch(/livez check passed\n$/);
    expect(client.get('/debug/pprof/').status).toBe(404);
  });

  it('[API-87] counts what happens', () => {
    const cluster = createCluster({ seed: 1, nodes: [] });
    const client = new TestClient(cluster);
    const read = () => client.get('/metrics').body as unknown as string;
    const maps = '/api/v1/namespaces/default/configmaps';
    client.send('POST', maps, { metadata: { name: 'a' } });
    client.send('POST', `${maps}?dryRun=All`, { metadata: { name: 'b' } });
    client.send('POST', maps, { metadata: { name: 'a' } });
    for (const path of ['/apis/made.up/v1/things', `${maps}/a/made-up`, '/made/up']) client.get(path);
    const { stop } = client.watch(`${maps}?watch=1`);
    const spot = (verb: string, dryRun?: string) => {
      const isDryRun = dryRun === undefined ? '' : `dry_run="${dryRun}",`;
      return `component="apiserver",${isDryRun}group="",resource="configmaps",scope="namespace",subresource="",verb="${verb}",version="v1"`;
    };
    const text = read();
    expect(text).toContain(`apiserver_request_total{code="201",${spot('POST', '')}} 1\n`);
    expect(text).toContain(`apiserver_request_total{code="201",${spot('POST', 'All')}} 1\n`);
    expect(text).toContain(`apiserver_request_total{code="409",${spot('POST', '')}} 1\n`);
    expect(text).toContain(`apiserver_longrunning_requests{${spot('WATCH')}} 1\n`);
    expect(text).toMatch(/^# TYPE apiserver_request_total counter$/m);
    expect(text).not.toContain('made');
    stop();
    cluster.clock.runFor(60_000);
    const later = read();
    expect(later).toContain(`apiserver_longrunning_requests{${spot('WATCH')}} 0\n`);
    const stored = client.list('/api/v1/configmaps').items.length;
    expect(stored).toBeGreaterThan(1);
    expect(later).toContain(`apiserver_resource_objects{group="",resource="configmaps"} ${stored}\n`);
    expect(Number(/workqueue_adds_total\{name="root-ca-certificate"\} (\d+)/.exec(later)?.[1])).toBeGreaterThan(3);
  });

  it('[API-82] describes everything that it serves', () => {
    const client = newClient();
    const { paths } = client.get<{ paths: Record<string, { serverRelativeURL: string }> }>('/openapi/v3').body;
    const v2 = client.get<{ definitions: Record<string, unknown> }>('/openapi/v2').body;
    for (const { group, version, schema, kind } of resources) {
      const path = group ? `apis/${group}/${version}` : `api/${version}`;
      const url = paths[path]!.serverRelativeURL;
      expect(url).toMatch(/\?hash=[0-9A-F]{64}$/);
      const { components } = client.get<{ components: { schemas: Record<string, object> } }>(url).body;
      expect(components.schemas[schema]).toMatchObject({
        'x-kubernetes-group-version-kind': [{ group, version, kind }],
      });
      expect(v2.definitions[schema]).toBeDefined();
    }
    const proto = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
    expect(client.get('/openapi/v2', { accept: proto }).status).toBe(406);
  });

  it('[API-83] answers questions and keeps nothing', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    const { revision } = cluster.store;
    const spec = { resourceAttributes: { verb: 'create', resource: 'pods', namespace: 'default' } };
    const url = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    expect(client.send<KubeObject>('POST', url, { spec })).toMatchObject({
      status: 201,
      body: { status: { allowed: true } },
    });
    expect(cluster.store.revision).toBe(revision);
  });
});
