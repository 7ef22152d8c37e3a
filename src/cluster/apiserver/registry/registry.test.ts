import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../api/index.ts';
import { rulesOf, type ResourceDefinition } from '../resource-definition.ts';
import { requests } from '../../pki/testing/requests.ts';
import { resources } from './index.ts';
import { cellsOf, createErrors, stored, updateErrors, written } from './testing/strategy.ts';

const labels = { app: 'web' };
const selector = { matchLabels: labels };
const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };
const jobPods = { spec: { ...template.spec, restartPolicy: 'Never' } };
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };

/** The least that each kind needs. */
const samples: Readonly<Record<string, object>> = {
  pods: { spec: template.spec },
  services: { spec: { clusterIP: 'None', clusterIPs: ['None'], ports: [{ port: 80 }] } },
  deployments: { spec: { selector, template } },
  replicasets: { spec: { selector, template } },
  statefulsets: { spec: { selector, template, serviceName: 'web' } },
  daemonsets: { spec: { selector, template } },
  controllerrevisions: { data: {}, revision: 1 },
  jobs: { spec: { template: jobPods } },
  cronjobs: { spec: { schedule: '*/5 * * * *', jobTemplate: { spec: { template: jobPods } } } },
  horizontalpodautoscalers: {
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  },
  endpointslices: { addressType: 'IPv4', endpoints: [] },
  events: { involvedObject: { kind: 'Pod', name: 'web', namespace: 'default' } },
  ingresses: { spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } } },
  ingressclasses: { spec: { controller: 'example.com/ingress' } },
  persistentvolumes: {
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' } },
  },
  persistentvolumeclaims: { spec: claim },
  storageclasses: { provisioner: 'example.com/disk' },
  certificatesigningrequests: {
    spec: {
      request: Buffer.from(requests['P-256']!.pem).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client',
      usages: ['client auth'],
    },
  },
  priorityclasses: { value: 10 },
  replicationcontrollers: { spec: { selector: labels, template } },
  podtemplates: { template },
  csidrivers: { spec: {} },
  csinodes: { spec: { drivers: [{ name: 'disk.example.com', nodeID: 'n1', topologyKeys: [] }] } },
  csistoragecapacities: { storageClassName: 'fast' },
  volumeattachments: {
    spec: { attacher: 'disk.example.com', nodeName: 'alpha', source: { persistentVolumeName: 'pv' } },
  },
  volumeattributesclasses: { driverName: 'disk.example.com', parameters: { iops: '100' } },
  runtimeclasses: { handler: 'runc' },
  flowschemas: { spec: { priorityLevelConfiguration: { name: 'system' }, matchingPrecedence: 7 } },
  prioritylevelconfigurations: { spec: { type: 'Limited', limited: { limitResponse: { type: 'Reject' } } } },
  ipaddresses: { spec: { parentRef: { resource: 'services', namespace: 'default', name: 'web' } } },
  servicecidrs: { spec: { cidrs: ['10.96.0.0/16'] } },
  deviceclasses: { spec: {} },
  resourceclaims: { spec: { devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu' } }] } } },
  resourceclaimtemplates: { spec: { spec: { devices: {} } } },
  resourceslices: {
    spec: {
      driver: 'gpu.example.com',
      nodeName: 'alpha',
      pool: { name: 'alpha', generation: 1, resourceSliceCount: 1 },
    },
  },
  validatingadmissionpolicies: {
    spec: {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      },
      validations: [{ expression: 'object.metadata.name != ""' }],
    },
  },
  validatingadmissionpolicybindings: { spec: { policyName: 'web', validationActions: ['Deny'] } },
  customresourcedefinitions: {
    metadata: { name: 'widgets.example.com', uid: '1', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: {
      group: 'example.com',
      scope: 'Cluster',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  },
  rolebindings: { roleRef },
  clusterrolebindings: { roleRef },
};

describe.each(resources.map((definition): [string, ResourceDefinition] => [definition.resource, definition]))(
  '%s',
  (resource, definition) => {
    const sample = written<KubeObject>(definition, samples[resource]);

    it('takes the least there can be', () => {
      expect(createErrors(definition, sample)).toEqual([]);
    });

    it('may be stored again as it is', () => {
      expect(updateErrors(definition, sample, (object) => object)).toEqual([]);
    });

    it('has nothing more to fill in the second time', () => {
      const { defaults } = rulesOf(definition);
      const once = defaults?.(sample) ?? sample;
      expect(defaults?.(once) ?? once).toBe(once);
    });

    it('has a cell for each column', () => {
      const cells = cellsOf(definition, stored(definition, sample), { wide: true });
      expect(cells).toHaveLength(rulesOf(definition).columns!.length);
      expect(cells.filter((cell) => cell === undefined || /undefined|NaN/.test(String(cell)))).toEqual([]);
    });
  },
);

it('serves each name once', () => {
  const names = resources.flatMap(({ resource, shortNames = [] }) => [resource, ...shortNames]);
  expect(new Set(names).size).toBe(names.length);
});
