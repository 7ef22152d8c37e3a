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
