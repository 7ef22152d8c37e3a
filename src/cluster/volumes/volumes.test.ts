import { describe, expect, it } from 'vitest';
import { administrator } from '../apiserver/auth/authenticate.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod, StatefulSet } from '../../api/generated/types.ts';
import type { Draft, KubeObject } from '../../api/index.ts';
import { events, persistentVolumeClaims, persistentVolumes, pods, statefulSets } from '../apiserver/registry/index.ts';
import type { ResourceDefinition } from '../apiserver/resource-definition.ts';
import { createCluster } from '../cluster.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import { claimProtection, volumeProtection } from './annotations.ts';

class StorageCluster {
  readonly cluster = createCluster({ seed: 1, freeze: true });
  readonly claims = this.client<PersistentVolumeClaim>(persistentVolumeClaims);
  readonly volumes = this.client<PersistentVolume>(persistentVolumes);
  readonly pods = this.client<Pod>(pods);

  constructor() {
    this.run(10);
  }

  client<T extends KubeObject>(definition: ResourceDefinition<T>): ResourceClient<T> {
    return this.cluster.contexts.controller('controller/test', administrator).client.resource(definition);
  }

  run(seconds: number): void {
    this.cluster.clock.runFor(seconds * 1000);
  }

  volume(name: string, storage: string, spec: PersistentVolume['spec'] = {}): void {
    this.volumes.create({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage },
        hostPath: { path: `/mnt/${name}` },
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'manual',
        ...spec,
      },
    });
  }

  claim(name: string, storage: string, spec: PersistentVolumeClaim['spec'] = {}, finalizers: string[] = []): void {
    this.claims.create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: 'default', finalizers },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage } },
        storageClassName: 'manual',
        ...spec,
      },
    });
  }

  /** A pod with the claim at /data. */
  pod(name: string, claimName: string, script = 'sleep 1h', spec: Partial<Pod['spec']> = {}): void {
    const metadata = { name, namespace: 'default' };
    this.pods.create({ apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec(claimName, script, spec) } as Draft<Pod>);
  }

  phase(claim: string): string | undefined {
    return this.claims.get('default', claim)?.status?.phase;
  }

  volumeOf(claim: string): string | undefined {
    return this.claims.get('default', claim)?.spec?.volumeName;
  }

  log(podName: string): string {
    const pod = this.pods.get('default', podName)!;
    const files = this.cluster.kubelets.get(pod.spec.nodeName!)!.disk;
    const path = this.volumes.get('', this.volumeOf('data')!)!.spec!.hostPath!.path;
    return new TextDecoder().decode(files.read(`${path}/out`));
  }

  eventsAbout(name: string): readonly string[] {
    return this.client(events)
      .list()
      .filter(({ involvedObject }) => involvedObject.name === name)
      .map(({ reason, message }) => `${reason}: ${message}`);
  }
}

function podSpec(claimName: string, script: string, spec: Partial<Pod['spec']> = {}): Pod['spec'] {
  return {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'main',
        image: 'busybox:1.36',
        command: ['sh', '-c', script],
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
    ...spec,
  };
}

describe('volumes that are made by hand', () => {
  it('[VOL-1] are given out by size, class, modes and labels', () => {
    const cluster = new StorageCluster();
    cluster.volume('small', '1Gi');
    cluster.volume('large', '10Gi');
    cluster.volume('medium', '5Gi');
    cluster.volume('shared', '4Gi', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] });
    cluster.volume('other', '4Gi', { storageClassName: 'other' });
    cluster.run(1);
    expect(cluster.volumes.get('', 'small')?.status?.phase).toBe('Available');
    cluster.claim('data', '2Gi');
    cluster.claim('many', '2Gi', { accessModes: ['ReadWriteMany'] });
    cluster.claim('huge', '20Gi');
    cluster.run(1);
    expect(cluster.volumeOf('data')).toBe('medium');
    expect(cluster.volumeOf('many')).toBe('shared');
    expect(cluster.phase('huge')).toBe('Pending');
    expect(cluster.claims.get('default', 'data')).toMatchObject({
      metadata: {
        annotations: { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' },
      },
      status: { phase: 'Bound', capacity: { storage: '5Gi' }, accessModes: ['ReadWriteOnce'] },
    });
    expect(cluster.volumes.get('', 'medium')).toMatchObject({
      spec: { claimRef: { kind: 'PersistentVolumeClaim', namespace: 'default', name: 'data' } },
      status: { phase: 'Bound' },
    });
  });

  it('[VOL-2] are kept for whom they name, and had by whom names them', () => {
    const cluster = new StorageCluster();
    cluster.volume('kept', '1Gi', { claimRef: { namespace: 'default', name: 'later' } });
    cluster.volume('tiny', '1Mi');
    cluster.run(1);
    cluster.claim('data', '1Gi');
    cluster.claim('picky', '1Gi', { volumeName: 'tiny' });
    cluster.run(1);
    expect(cluster.phase('data')).toBe('Pending');
    expect(cluster.phase('picky')).toBe('Pending');
    expect(cluster.eventsAbout('picky')).toContain(
      'VolumeMismatch: Cannot bind to requested volume "tiny": requested PV is too small',
    );
    cluster.claim('later', '1Gi');
    cluster.run(1);
    expect(cluster.volumeOf('later')).toBe('kept');
    expect(cluster.volumes.get('', 'kept')?.metadata.annotations).toBeUndefined();
  });

  it('[VOL-5] are released with their claim', () => {
    const cluster = new StorageCluster();
    cluster.volume('retained', '1Gi');
    cluster.volume('scratch', '2Gi', { hostPath: { path: '/tmp/scratch' }, persistentVolumeReclaimPolicy: 'Delete' });
    cluster.volume('stuck', '3Gi', { persistentVolumeReclaimPolicy: 'Delete' });
    cluster.run(1);
    for (const [name, size] of [
      ['a', '1Gi'],
      ['b', '2Gi'],
      ['c', '3Gi'],
    ] as const) {
      cluster.claim(name, size);
      cluster.run(1);
      cluster.claims.delete('default', name);
    }
    cluster.run(1);
    cluster.claim('next', '1Gi');
    cluster.run(20);
    expect(cluster.volumes.get('', 'retained')?.status?.phase).toBe('Released');
    expect(cluster.phase('next')).toBe('Pending');
    expect(cluster.volumes.get('', 'scratch')).toBeUndefined();
    expect(cluster.volumes.get('', 'stuck')?.status).toMatchObject({
      phase: 'Failed',
      message: 'host_path deleter only supports /tmp/.+ but received provided /mnt/stuck',
    });
  });

  it('[VOL-7] are missed by their claims', () => {
    const cluster = new StorageCluster();
    cluster.volume('disk', '1Gi');
    cluster.claim('data', '1Gi');
    cluster.run(20);
    cluster.volumes.modify('', 'disk', (volume) => ({ ...volume, metadata: { ...volume.metadata, finalizers: [] } }));
    cluster.volumes.delete('', 'disk');
    cluster.run(1);
    expect(cluster.phase('data')).toBe('Lost');
    expect(cluster.eventsAbout('data')).toContain(
      'ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!',
    );
  });
});

describe('volumes that wait for their consumer', () => {
  it('[VOL-3] [VOL-4] are made where the pod comes to be, and outlive it', () => {
    const cluster = new StorageCluster();
    cluster.claim('data', '1Gi', { storageClassName: 'standard' });
    cluster.run(2);
    expect(cluster.eventsAbout('data')).toEqual([
      'WaitForFirstConsumer: waiting for first consumer to be created before binding',
    ]);
    cluster.pod('writer', 'data', 'echo kept > /data/out; sleep 1h');
    cluster.run(20);
    const { nodeName } = cluster.pods.get('default', 'writer')!.spec;
    const volume = cluster.volumes.get('', cluster.volumeOf('data')!)!;
    expect(volume.spec?.nodeAffinity?.required?.nodeSelectorTerms[0]?.matchExpressions?.[0]?.values).toEqual([
      nodeName,
    ]);
    expect(cluster.eventsAbout('data').slice(1)).toEqual([
      "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'rancher.io/local-path' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
      'Provisioning: External provisioner is provisioning volume for claim "default/data"',
      `ProvisioningSucceeded: Successfully provisioned volume ${volume.metadata.name}`,
    ]);
    expect(cluster.log('writer')).toBe('kept\n');
    cluster.pods.delete('default', 'writer');
    cluster.run(5);
    cluster.pod('reader', 'data', 'sed p /data/out > /data/copy; mv /data/copy /data/out; sleep 1h');
    cluster.run(20);
    expect(cluster.pods.get('default', 'reader')!.spec.nodeName).toBe(nodeName);
    expect(cluster.log('reader')).toBe('kept\nkept\n');
    cluster.pods.delete('default', 'reader');
    cluster.run(5);
    cluster.claims.delete('default', 'data');
    cluster.run(20);
    expect(cluster.volumes.list()).toEqual([]);
    const { disk } = cluster.cluster.kubelets.get(nodeName!)!;
    expect(disk.list('/var/local-path-provisioner')).toEqual([]);
  });

  it('[VOL-3] [VOL-6] hold what is asked of them in the words of the provisioner', () => {
    const cluster = new StorageCluster();
    cluster.claim('data', '1Gi', { storageClassName: 'standard', accessModes: ['ReadWriteMany'] });
    cluster.pod('web', 'data');
    cluster.run(10);
    expect(cluster.eventsAbout('data')).toContain(
      'ProvisioningFailed: failed to provision volume with StorageClass "standard": NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes',
    );
    expect(cluster.pods.get('default', 'web')!.status.phase).toBe('Pending');
  });

  it('[VOL-9] are used by one pod when they may be', () => {
    const cluster = new StorageCluster();
    cluster.claim('data', '1Gi', { storageClassName: 'standard', accessModes: ['ReadWriteOncePod'] });
    cluster.pod('first', 'data');
    cluster.run(20);
    cluster.pod('second', 'data');
    cluster.run(5);
    const second = cluster.pods.get('default', 'second')!;
    expect(second.status.conditions?.[0]?.message).toContain(
      'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
    );
    cluster.pods.delete('default', 'first');
    cluster.run(20);
    expect(cluster.pods.get('default', 'second')!.status.phase).toBe('Running');
  });

  it('[VOL-10] come and go with the pod when they are ephemeral', () => {
    const cluster = new StorageCluster();
    const volumeClaimTemplate = {
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: 'standard',
      },
    };
    cluster.pod('web', '', 'sleep 1h', { volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate } }] });
    cluster.run(20);
    expect(cluster.pods.get('default', 'web')!.status.phase).toBe('Running');
    expect(cluster.claims.get('default', 'web-data')?.metadata.ownerReferences?.[0]).toMatchObject({ name: 'web' });
    cluster.pods.delete('default', 'web');
    cluster.run(30);
    expect(cluster.claims.list('default')).toEqual([]);
    expect(cluster.volumes.list()).toEqual([]);
  });
});

it('[VOL-6] keeps a claim as long as a pod uses it, and a volume as long as a claim does', () => {
  const cluster = new StorageCluster();
  cluster.claim('data', '1Gi', { storageClassName: 'standard' }, [claimProtection]);
  cluster.pod('web', 'data');
  cluster.run(20);
  const name = cluster.volumeOf('data')!;
  expect(cluster.volumes.get('', name)?.metadata.finalizers).toEqual([volumeProtection]);
  cluster.volumes.delete('', name);
  cluster.claims.delete('default', 'data');
  cluster.run(5);
  expect(cluster.phase('data')).toBe('Bound');
  cluster.pods.delete('default', 'web');
  cluster.run(20);
  expect(cluster.claims.list('default')).toEqual([]);
  expect(cluster.volumes.list()).toEqual([]);
});

describe('a StatefulSet with claims', () => {
  function create(cluster: StorageCluster, policy?: { whenDeleted: string; whenScaled: string }): void {
    const labels = { app: 'db' };
    const { containers, terminationGracePeriodSeconds } = podSpec('', 'hostname >> /data/out; sleep 1h');
    cluster.client<StatefulSet>(statefulSets).create({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'default' },
      spec: {
        replicas: 2,
        serviceName: 'db',
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers, terminationGracePeriodSeconds } },
        volumeClaimTemplates: [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
              storageClassName: 'standard',
            },
          },
        ],
        ...(policy && { persistentVolumeClaimRetentionPolicy: policy }),
      },
    } as unknown as Draft<StatefulSet>);
    cluster.run(60);
  }

  const claimNames = (cluster: StorageCluster): readonly string[] =>
    cluster.claims.list('default').map(({ metadata }) => metadata.name);
  const scale = (cluster: StorageCluster, replicas: number): void => {
    const sets = cluster.client<StatefulSet>(statefulSets);
    sets.modify('default', 'db', (set) => ({ ...set, spec: { ...set.spec, replicas } }));
    cluster.run(60);
  };

  it('[VOL-8] keeps them when it shrinks, and finds them again when it grows', () => {
    const cluster = new StorageCluster();
    create(cluster);
    expect(claimNames(cluster)).toEqual(['data-db-0', 'data-db-1']);
    expect(cluster.pods.list('default').map(({ status }) => status.phase)).toEqual(['Running', 'Running']);
    const volume = cluster.volumeOf('data-db-1');
    scale(cluster, 1);
    expect(claimNames(cluster)).toEqual(['data-db-0', 'data-db-1']);
    scale(cluster, 2);
    expect(cluster.volumeOf('data-db-1')).toBe(volume);
    expect(cluster.eventsAbout('db').filter((event) => event.includes('Claim'))).toEqual([
      'SuccessfulCreate: create Claim data-db-0 Pod db-0 in StatefulSet db success',
      'SuccessfulCreate: create Claim data-db-1 Pod db-1 in StatefulSet db success',
    ]);
  });

  it('[VOL-8] lets them go when its policy says so', () => {
    const cluster = new StorageCluster();
    create(cluster, { whenDeleted: 'Delete', whenScaled: 'Delete' });
    scale(cluster, 1);
    expect(claimNames(cluster)).toEqual(['data-db-0']);
    cluster.client<StatefulSet>(statefulSets).delete('default', 'db');
    cluster.run(60);
    expect(claimNames(cluster)).toEqual([]);
  });
});
