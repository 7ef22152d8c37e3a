import { PassThrough, Writable } from 'node:stream';
import {
  AppsV1Api,
  Attach,
  CoreV1Api,
  CustomObjectsApi,
  Exec,
  KubeConfig,
  KubernetesObjectApi,
  Log,
  makeInformer,
  PatchStrategy,
  PortForward,
  setHeaderOptions,
  Watch,
  type KubernetesListObject,
  type V1ConfigMap,
  type V1Status,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCluster, type TestCluster } from './test-cluster.ts';

/** Collects what is written to it, and tells when something is there. */
class Collector extends Writable {
  text = '';

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    this.emit('text');
    done();
  }

  async waitFor(wanted: RegExp): Promise<void> {
    while (!wanted.test(this.text)) await new Promise((resolve) => this.once('text', resolve));
  }
}

describe('the official client for JavaScript', () => {
  const config = new KubeConfig();
  let cluster: TestCluster;
  let core: CoreV1Api;

  beforeAll(async () => {
    cluster = await startCluster({ seed: 1, epochMs: Math.floor(Date.now() / 1000) * 1000, nodes: 2, speed: 20 });
    await cluster.runFor(30_000);
    config.loadFromClusterAndUser(
      { name: 'drydock', server: cluster.url, skipTLSVerify: true },
      { name: 'kubernetes-admin' },
    );
    core = config.makeApiClient(CoreV1Api);
    await core.createNamespacedPod({
      namespace: 'default',
      body: { metadata: { name: 'web' }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } },
    });
    await cluster.runFor(20_000);
  });
  afterAll(() => cluster?.stop());

  it('creates, reads, replaces, patches and deletes', async () => {
    const created = await core.createNamespacedConfigMap({
      namespace: 'default',
      body: { metadata: { generateName: 'made-' }, data: { a: '1' } },
    });
    const name = created.metadata!.name!;
    expect(created.metadata!.creationTimestamp).toBeInstanceOf(Date);
    const replaced = await core.replaceNamespacedConfigMap({
      name,
      namespace: 'default',
      body: { ...created, data: { a: '2' } },
    });
    await expect(
      core.replaceNamespacedConfigMap({ name, namespace: 'default', body: { ...created, data: {} } }),
    ).rejects.toMatchObject({ code: 409 });
    const patched = await core.patchNamespacedConfigMap(
      { name, namespace: 'default', body: { data: { b: '3' } } },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    );
    expect(patched.data).toEqual({ ...replaced.data, b: '3' });
    await core.deleteNamespacedConfigMap({ name, namespace: 'default' });
    await expect(core.readNamespacedConfigMap({ name, namespace: 'default' })).rejects.toMatchObject({ code: 404 });
  });

  it('applies whatever object comes, and on the server', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const manifest = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'applied', namespace: 'default' },
      data: { a: '1' },
    };
    const apply = () => objects.patch(manifest, undefined, undefined, 'me', true, PatchStrategy.ServerSideApply);
    expect(await apply()).toMatchObject({ data: { a: '1' } });
    expect(await apply()).toMatchObject({ metadata: { managedFields: [{ manager: 'me', operation: 'Apply' }] } });
  });

  it('serves custom resources', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const schema = {
      type: 'object',
      properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
    };
    await objects.create({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'boats.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'boats', singular: 'boat', kind: 'Boat' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    } as never);
    await cluster.runFor(5_000);
    const custom = config.makeApiClient(CustomObjectsApi);
    const at = { group: 'example.com', version: 'v1', namespace: 'default', plural: 'boats' };
    const body = {
      apiVersion: 'example.com/v1',
      kind: 'Boat',
      metadata: { name: 'ark' },
      spec: { size: 2, nothing: 1 },
    };
    await custom.createNamespacedCustomObject({ ...at, body });
    const list = (await custom.listNamespacedCustomObject(at)) as KubernetesListObject<{
      metadata: object;
      spec: object;
    }>;
    expect(list.items.map(({ spec }) => spec)).toEqual([{ size: 2 }]);
  });

  it('watches', async () => {
    const seen: string[] = [];
    const { metadata } = await core.listNamespacedConfigMap({ namespace: 'default' });
    const done = new Promise<void>((resolve, reject) => {
      const query = { resourceVersion: metadata!.resourceVersion!, timeoutSeconds: 40 };
      new Watch(config)
        .watch(
          '/api/v1/namespaces/default/configmaps',
          query,
          (type, object: V1ConfigMap) => {
            if (object.metadata?.name === 'watched') seen.push(type);
          },
          (error: unknown) => (error instanceof Error ? reject(error) : resolve()),
        )
        .catch(reject);
    });
    await core.createNamespacedConfigMap({ namespace: 'default', body: { metadata: { name: 'watched' } } });
    await core.deleteNamespacedConfigMap({ name: 'watched', namespace: 'default' });
    // The server ends the watch, in virtual time.
    await done;
    expect(seen).toEqual(['ADDED', 'DELETED']);
  });

  it('keeps a cache with an informer', async () => {
    const list = () => core.listNamespacedConfigMap({ namespace: 'kube-public' });
    const informer = makeInformer(config, '/api/v1/namespaces/kube-public/configmaps', list);
    const seen: string[] = [];
    const deleted = new Promise<void>((resolve) => {
      informer.on('add', ({ metadata }) => seen.push(`add ${metadata!.name}`));
      informer.on('update', ({ data }) => seen.push(`update ${JSON.stringify(data)}`));
      informer.on('delete', ({ metadata }) => {
        seen.push(`delete ${metadata!.name}`);
        resolve();
      });
    });
    await informer.start();
    const at = { name: 'cached', namespace: 'kube-public' };
    const body = await core.createNamespacedConfigMap({
      namespace: 'kube-public',
      body: { metadata: { name: 'cached' } },
    });
    await core.replaceNamespacedConfigMap({ ...at, body: { ...body, data: { a: '1' } } });
    await core.deleteNamespacedConfigMap(at);
    await deleted;
    await informer.stop();
    expect(seen.filter((line) => !line.includes('kube-root-ca.crt'))).toEqual([
      'add cached',
      'update {"a":"1"}',
      'delete cached',
    ]);
  });

  it('runs commands, and tells their exit status', async () => {
    const [stdout, stderr] = [new Collector(), new Collector()];
    const stdin = new PassThrough();
    const status = await new Promise<V1Status>((resolve, reject) => {
      const command = ['sh', '-c', 'cat; echo oops >&2; exit 3'];
      new Exec(config).exec('default', 'web', 'nginx', command, stdout, stderr, stdin, false, resolve).catch(reject);
      stdin.end('from outside\n');
    });
    expect(stdout.text).toBe('from outside\n');
    expect(stderr.text).toBe('oops\n');
    expect(status.details?.causes).toEqual([{ reason: 'ExitCode', message: '3' }]);
  });

  it('gives a command a terminal of its size', async () => {
    const shows = async (columns: number, wanted: RegExp) => {
      const stdout = Object.assign(new Collector(), { rows: 25, columns });
      const stdin = new PassThrough();
      await new Exec(config).exec('default', 'web', 'nginx', ['sh'], stdout, null, stdin, true);
      // The size travels beside what is typed, and may come later.
      const typing = setInterval(() => stdin.write('ls /etc\n'), 50);
      await stdout.waitFor(wanted);
      clearInterval(typing);
      stdin.write('exit\n');
    };
    await shows(10, /^hostname\r\nhosts\r\n/m);
    await shows(1000, /group +hostname +hosts .* passwd/);
  });

  it('reads logs and attaches', async () => {
    const printed = new Collector();
    await new Log(config).log('default', 'web', 'nginx', printed, { tailLines: 1 });
    await printed.waitFor(/\n/);
    const attached = await new Attach(config).attach('default', 'web', 'nginx', new Collector(), null, null, false);
    attached.close();
  });

  it('forwards a port', async () => {
    const answer = new Collector();
    const request = new PassThrough();
    const forward = await new PortForward(config).portForward('default', 'web', [80], answer, new Collector(), request);
    request.write('GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n');
    await answer.waitFor(/Welcome to nginx!/);
    expect(answer.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    if ('close' in forward) forward.close();
  });

  it('scales', async () => {
    const apps = config.makeApiClient(AppsV1Api);
    const labels = { app: 'scaled' };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };
    const body = { metadata: { name: 'scaled' }, spec: { replicas: 1, selector: { matchLabels: labels }, template } };
    await apps.createNamespacedDeployment({ namespace: 'default', body });
    const at = { name: 'scaled', namespace: 'default' };
    const scale = await apps.readNamespacedDeploymentScale(at);
    await apps.replaceNamespacedDeploymentScale({ ...at, body: { ...scale, spec: { replicas: 2 } } });
    await cluster.runFor(20_000);
    expect((await apps.readNamespacedDeployment(at)).status).toMatchObject({ readyReplicas: 2 });
  });
});
