import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../../kernel/index.ts';
import type { Draft } from '../../../api/index.ts';
import type { ConfigMap, Container, PodSpec, Secret, Service } from '../../../api/generated/types.ts';
import { configMaps, secrets } from '../../apiserver/registry/index.ts';
import { TestCluster } from '../testing/test-cluster.ts';
import { expand } from './expand.ts';
import { hostsFile, resolvConf } from './network-files.ts';
import { serviceVariables } from './service-variables.ts';

const configMap = (name: string, data: Record<string, string>) =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data }) as Draft<ConfigMap>;
const secret = (name: string, data: Record<string, string>) =>
  ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'default' }, data }) as Draft<Secret>;

/** What a command of the container prints. */
function outputOf(cluster: TestCluster, name: string, container = 'main'): string {
  let text = '';
  const { uid } = cluster.pod(name)!.metadata;
  const request = { podUid: uid, container, previous: false, follow: false, timestamps: false };
  cluster.kubelets[0]!.server.logs(request).start(
    (bytes) => (text += decodeUtf8(bytes)),
    () => {},
  );
  return text;
}

function runTool(
  cluster: TestCluster,
  words: string[],
  container: Partial<Container> = {},
  spec: Partial<PodSpec> = {},
) {
  cluster.create(
    'job',
    { image: 'tool:1', command: ['tool', ...words], ...container },
    { restartPolicy: 'Never', ...spec },
  );
  cluster.run(8);
  return outputOf(cluster, 'job');
}

describe('variables', () => {
  it.each([
    ['$(NAME)', 'web'],
    ['a $(NAME) b $(NAME)', 'a web b web'],
    ['$$(NAME)', '$(NAME)'],
    ['$(MISSING)', '$(MISSING)'],
    ['$(NAME', '$(NAME'],
    ['$NAME', '$NAME'],
    ['100$', '100$'],
  ])('[KUB-40] expands %s to %s', (text, expected) => {
    expect(expand(text, new Map([['NAME', 'web']]))).toBe(expected);
  });

  it('[KUB-40] come from the image, services, envFrom and env', () => {
    const cluster = new TestCluster();
    cluster.client.resource(configMaps).create(configMap('settings', { COLOR: 'red', SIZE: '3' }));
    cluster.run(1);
    const text = runTool(cluster, ['env'], {
      envFrom: [{ configMapRef: { name: 'settings' } }, { prefix: 'P_', configMapRef: { name: 'settings' } }],
      env: [
        { name: 'COLOR', value: 'blue' },
        { name: 'BOTH', value: '$(COLOR)-$(SIZE)-$(KUBERNETES_SERVICE_PORT)' },
      ],
    });
    const lines = text.split('\n');
    for (const line of ['PATH=/bin', 'HOSTNAME=job', 'COLOR=blue', 'SIZE=3', 'P_COLOR=red', 'BOTH=blue-3-443']) {
      expect(lines).toContain(line);
    }
    expect(lines).toContain('KUBERNETES_SERVICE_HOST=10.96.0.1');
  });

  it('[KUB-40] are expanded in the command line', () => {
    const text = runTool(new TestCluster(), ['echo', 'hello', '$(WHO)'], { env: [{ name: 'WHO', value: 'world' }] });
    expect(text).toBe('hello world\n');
  });

  it('[KUB-40] tell of the services', () => {
    const service = {
      metadata: { name: 'my-db' },
      spec: { clusterIP: '10.96.3.4', ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }] },
    } as unknown as Service;
    expect(Object.fromEntries(serviceVariables([service]))).toEqual({
      MY_DB_SERVICE_HOST: '10.96.3.4',
      MY_DB_SERVICE_PORT: '5432',
      MY_DB_SERVICE_PORT_SQL: '5432',
      MY_DB_PORT: 'tcp://10.96.3.4:5432',
      MY_DB_PORT_5432_TCP: 'tcp://10.96.3.4:5432',
      MY_DB_PORT_5432_TCP_PROTO: 'tcp',
      MY_DB_PORT_5432_TCP_PORT: '5432',
      MY_DB_PORT_5432_TCP_ADDR: '10.96.3.4',
    });
  });

  it('[KUB-41] come from keys, fields and resources', () => {
    const cluster = new TestCluster();
    cluster.client.resource(secrets).create(secret('login', { password: 'aHVudGVyMg==' }));
    cluster.client.resource(configMaps).create(configMap('settings', { color: 'red' }));
    cluster.run(1);
    const fieldRef = (fieldPath: string) => ({ valueFrom: { fieldRef: { fieldPath } } });
    const resourceFieldRef = (resource: string, divisor = '0') => ({
      valueFrom: { resourceFieldRef: { resource, divisor } },
    });
    const text = runTool(cluster, ['env'], {
      resources: { requests: { cpu: '250m' }, limits: { memory: '64Mi' } },
      env: [
        { name: 'A', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } },
        { name: 'B', valueFrom: { configMapKeyRef: { name: 'settings', key: 'color' } } },
        { name: 'C', ...fieldRef('metadata.name') },
        { name: 'D', ...fieldRef('status.podIP') },
        { name: 'E', ...fieldRef('spec.nodeName') },
        { name: 'F', ...resourceFieldRef('requests.cpu') },
        { name: 'G', ...resourceFieldRef('limits.memory', '1Mi') },
        { name: 'H', ...resourceFieldRef('limits.cpu') },
        { name: 'I', valueFrom: { configMapKeyRef: { name: 'settings', key: 'no', optional: true } } },
      ],
    });
    const own = text.split('\n').filter((line) => /^[A-I]=/.test(line));
    expect(own).toEqual(['A=hunter2', 'B=red', 'C=job', 'D=10.244.0.2', 'E=node-1', 'F=1', 'G=64', 'H=4']);
  });

  it.each<{ container: Partial<Container>; message: string }>([
    { container: { envFrom: [{ configMapRef: { name: 'gone' } }] }, message: 'configmap "gone" not found' },
    { container: { envFrom: [{ secretRef: { name: 'gone' } }] }, message: 'secret "gone" not found' },
    {
      container: { env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'settings', key: 'gone' } } }] },
      message: "couldn't find key gone in ConfigMap default/settings",
    },
    {
      container: { securityContext: { runAsNonRoot: true } },
      message: 'container has runAsNonRoot and image will run as root',
    },
  ])('[KUB-42] keep it waiting: $message', ({ container, message }) => {
    const cluster = new TestCluster();
    cluster.client.resource(configMaps).create(configMap('settings', {}));
    cluster.create('web', container);
    cluster.run(8);
    const { waiting } = cluster.pod('web')!.status.containerStatuses![0]!.state!;
    expect(waiting!.reason).toBe('CreateContainerConfigError');
    expect(waiting!.message).toContain(message);
    expect(cluster.events('web').some((event) => event.startsWith(`Failed: Error: ${message}`))).toBe(true);
  });

  it('[KUB-42] until they are there', () => {
    const cluster = new TestCluster();
    cluster.create('web', { envFrom: [{ configMapRef: { name: 'late' } }] });
    cluster.run(8);
    cluster.client.resource(configMaps).create(configMap('late', {}));
    cluster.run(20);
    expect(cluster.pod('web')!.status.phase).toBe('Running');
  });
});

describe('volumes', () => {
  it('[KUB-43] show config maps, secrets and fields', () => {
    const cluster = new TestCluster();
    cluster.client.resource(configMaps).create(configMap('settings', { 'a.conf': 'one', 'b.conf': 'two' }));
    cluster.client.resource(secrets).create(secret('login', { password: 'aHVudGVyMg==' }));
    cluster.create(
      'web',
      {
        volumeMounts: [
          { name: 'config', mountPath: '/config' },
          { name: 'all', mountPath: '/all' },
        ],
      },
      {
        serviceAccountName: 'default',
        volumes: [
          { name: 'config', configMap: { name: 'settings', items: [{ key: 'a.conf', path: 'sub/x', mode: 0o400 }] } },
          {
            name: 'all',
            projected: {
              sources: [
                { configMap: { name: 'settings' } },
                { secret: { name: 'login' } },
                { downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
                { serviceAccountToken: { path: 'token' } },
              ],
            },
          },
        ],
      },
    );
    cluster.run(10);
    const files = cluster.filesOf('web');
    expect(decodeUtf8(files.read('/config/sub/x'))).toBe('one');
    expect(files.stat('/config/sub/x')!.mode).toBe(0o400);
    expect(files.list('/all').filter((name) => !name.startsWith('.'))).toEqual([
      'a.conf',
      'b.conf',
      'name',
      'password',
      'token',
    ]);
    expect(decodeUtf8(files.read('/all/password'))).toBe('hunter2');
    expect(decodeUtf8(files.read('/all/name'))).toBe('web');
    expect(decodeUtf8(files.read('/all/token')).split('.')).toHaveLength(3);
    expect(() => files.write('/all/name', new Uint8Array(1))).toThrow('Read-only file system');
  });

  it('[KUB-43] are shared by the containers of a pod', () => {
    const cluster = new TestCluster();
    const volumeMounts = [{ name: 'shared', mountPath: '/data' }];
    const text = runTool(
      cluster,
      ['cat', '/data/note'],
      { volumeMounts },
      {
        volumes: [{ name: 'shared', emptyDir: {} }],
        initContainers: [
          { name: 'writer', image: 'tool:1', command: ['tool', 'write', '/data/note', 'hi'], volumeMounts },
        ],
      },
    );
    expect(text).toBe('hi');
  });

  it.each([
    { volume: { configMap: { name: 'gone' } }, message: 'configmap "gone" not found' },
    { volume: { secret: { secretName: 'gone' } }, message: 'secret "gone" not found' },
    {
      volume: { configMap: { name: 'settings', items: [{ key: 'gone', path: 'x' }] } },
      message: 'configmap references non-existent config key: gone',
    },
    {
      volume: { hostPath: { path: '/nothing', type: 'Directory' } },
      message: 'hostPath type check failed: /nothing is not a directory',
    },
  ])('[KUB-44] hold the pod up: $message', ({ volume, message }) => {
    const cluster = new TestCluster();
    cluster.client.resource(configMaps).create(configMap('settings', {}));
    cluster.create('web', {}, { volumes: [{ name: 'v', ...volume }] });
    cluster.run(20);
    expect(cluster.pod('web')!.status.containerStatuses![0]!.state!.waiting!.reason).toBe('ContainerCreating');
    const [event] = cluster.events('web');
    expect(event).toMatch(`FailedMount: MountVolume.SetUp failed for volume "v" : ${message}`);
  });

  it('[KUB-44] until what is missing is there', () => {
    const cluster = new TestCluster();
    cluster.create('web', {}, { volumes: [{ name: 'v', configMap: { name: 'late' } }] });
    cluster.run(5);
    cluster.client.resource(configMaps).create(configMap('late', {}));
    cluster.run(15);
    expect(cluster.pod('web')!.status.phase).toBe('Running');
  });

  it('[KUB-45] follow changes, except through subPath', () => {
    const cluster = new TestCluster();
    cluster.client.resource(configMaps).create(configMap('settings', { color: 'red' }));
    cluster.create(
      'web',
      {
        env: [{ name: 'COLOR', valueFrom: { configMapKeyRef: { name: 'settings', key: 'color' } } }],
        volumeMounts: [
          { name: 'config', mountPath: '/config' },
          { name: 'config', mountPath: '/one/color', subPath: 'color' },
        ],
      },
      { volumes: [{ name: 'config', configMap: { name: 'settings' } }] },
    );
    cluster.run(10);
    const read = (path: string) => decodeUtf8(cluster.filesOf('web').read(path));
    expect([read('/config/color'), read('/one/color')]).toEqual(['red', 'red']);
    cluster.client
      .resource(configMaps)
      .modify('default', 'settings', (map) => ({ ...map, data: { color: 'blue', size: '3' } }));
    cluster.run(1);
    expect(read('/config/color')).toBe('red');
    cluster.run(90);
    expect([read('/config/color'), read('/config/size'), read('/one/color')]).toEqual(['blue', '3', 'red']);
  });
});

describe('a container', () => {
  const pod = (spec: Partial<PodSpec>) =>
    ({ metadata: { name: 'web', namespace: 'shop' }, spec: { containers: [], ...spec } }) as unknown as Parameters<
      typeof resolvConf
    >[0];

  it('[KUB-46] knows its name and its resolver', () => {
    expect(resolvConf(pod({}))).toBe(
      'search shop.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    );
    expect(
      resolvConf(
        pod({ dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'], options: [{ name: 'ndots', value: '2' }] } }),
      ),
    ).toBe('nameserver 1.1.1.1\noptions ndots:2\n');
    expect(
      hostsFile(pod({ subdomain: 'db', hostAliases: [{ ip: '1.2.3.4', hostnames: ['a', 'b'] }] }), '10.244.0.7', 'n'),
    ).toBe(
      [
        '# Kubernetes-managed hosts file.',
        '127.0.0.1\tlocalhost',
        '::1\tlocalhost ip6-localhost ip6-loopback',
        'fe00::0\tip6-localnet',
        'fe00::0\tip6-mcastprefix',
        'fe00::1\tip6-allnodes',
        'fe00::2\tip6-allrouters',
        '10.244.0.7\tweb.db.shop.svc.cluster.local\tweb',
        '',
        '# Entries added by HostAliases.',
        '1.2.3.4\ta\tb',
        '',
      ].join('\n'),
    );
  });

  it('[KUB-46] runs as its user', () => {
    const cluster = new TestCluster();
    const volumes = [{ name: 'data', emptyDir: {} }];
    cluster.create(
      'web',
      {
        securityContext: { runAsUser: 1000, runAsNonRoot: true },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
      { volumes, securityContext: { fsGroup: 2000 } },
    );
    cluster.run(10);
    expect(cluster.pod('web')!.status.containerStatuses![0]!.user).toEqual({
      linux: { uid: 1000, gid: 1000, supplementalGroups: [1000, 2000] },
    });
    const files = cluster.filesOf('web');
    expect(files.stat('/data')).toMatchObject({ gid: 2000, mode: 0o2777 });
    expect(() => files.write('/etc/passwd', new Uint8Array(1))).toThrow('Permission denied');
    expect(decodeUtf8(files.read('/etc/hostname'))).toBe('web\n');
  });
});
