import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../api/generated/types.ts';
import type { RequestContext } from '../../resource-definition.ts';
import { podRules } from '../rules/pods.ts';

const context: RequestContext = {
  user: { name: 'kubernetes-admin', groups: ['system:masters'] },
  nowMs: Date.parse('2026-01-01T00:10:00Z'),
  now: '2026-01-01T00:10:00Z',
};

/** A pod as somebody writes it down; `spec` adds to or replaces one container that is called `web`. */
function pod(spec: object = {}, metadata: object = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', ...metadata },
    spec: { containers: [{ name: 'web', image: 'nginx' }], ...spec },
  } as unknown as Pod;
}

function container(fields: object): object {
  return { containers: [{ name: 'web', image: 'nginx', ...fields }] };
}

function stored(spec: object = {}, metadata: object = {}): Pod {
  return podRules.prepareForCreate!(podRules.defaults!(pod(spec, metadata)), context);
}

function errorsOf(given: Pod): readonly string[] {
  const object = stored(given.spec, given.metadata);
  return [...podRules.validate!(object), ...podRules.validateCreate!(object)].map(
    ({ field, body }) => `${field}: ${body}`,
  );
}

describe('defaults', () => {
  it('fills in what the author left out', () => {
    const full = podRules.defaults!(
      pod({
        containers: [
          {
            name: 'web',
            image: 'nginx:1.27',
            ports: [{ containerPort: 80 }],
            resources: { limits: { cpu: '0.5', memory: '1024Mi' } },
            readinessProbe: { httpGet: { port: 80 } },
            env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
          },
        ],
        volumes: [{ name: 'cache' }, { name: 'settings', configMap: { name: 'web' } }],
      }),
    );
    expect(full.spec).toEqual({
      containers: [
        {
          name: 'web',
          image: 'nginx:1.27',
          imagePullPolicy: 'IfNotPresent',
          ports: [{ containerPort: 80, protocol: 'TCP' }],
          resources: { limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } },
          readinessProbe: {
            httpGet: { port: 80, path: '/', scheme: 'HTTP' },
            timeoutSeconds: 1,
            periodSeconds: 10,
            successThreshold: 1,
            failureThreshold: 3,
          },
          env: [{ name: 'IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } }],
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        },
      ],
      volumes: [
        { name: 'cache', emptyDir: {} },
        { name: 'settings', configMap: { name: 'web', defaultMode: 420 } },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      enableServiceLinks: true,
    });
  });

  it('shares what is complete already', () => {
    const full = podRules.defaults!(pod());
    expect(podRules.defaults!(full)).toBe(full);
  });

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.27', 'IfNotPresent'],
    ['localhost:5000/nginx', 'Always'],
    ['localhost:5000/nginx:v2', 'IfNotPresent'],
    ['nginx@sha256:0123', 'IfNotPresent'],
    ['Not An Image', 'IfNotPresent'],
  ])('pulls %s %s', (image, policy) => {
    const [only] = podRules.defaults!(pod(container({ image }))).spec.containers;
    expect(only!.imagePullPolicy).toBe(policy);
  });

  it('opens the ports of the node to a pod on its network', () => {
    const spec = { hostNetwork: true, ...container({ ports: [{ containerPort: 80 }] }) };
    expect(podRules.defaults!(pod(spec)).spec.containers[0]!.ports).toEqual([
      { containerPort: 80, hostPort: 80, protocol: 'TCP' },
    ]);
  });
});

describe('creation', () => {
  it('begins pending, at its first generation, whatever the client says', () => {
    const given = { ...pod(), status: { phase: 'Running' } } as Pod;
    const created = podRules.prepareForCreate!(podRules.defaults!(given), context);
    expect(created.metadata.generation).toBe(1);
    expect(created.status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
  });

  it.each([
    ['BestEffort', {}],
    ['Burstable', { requests: { cpu: '100m' } }],
    ['Burstable', { limits: { cpu: '1' } }],
    ['Guaranteed', { limits: { cpu: '1', memory: '1Gi' } }],
    ['Burstable', { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } }],
    ['BestEffort', { requests: { cpu: '0' } }],
  ])('is %s with %j', (qosClass, resources) => {
    expect(stored(container({ resources })).status!.qosClass).toBe(qosClass);
  });

  it('says that a gated pod is gated', () => {
    expect(stored({ schedulingGates: [{ name: 'example.com/wait' }] }).status!.conditions).toEqual([
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'SchedulingGated',
        message: 'Scheduling is blocked due to non-empty scheduling gates',
      },
    ]);
  });
});

describe('validation', () => {
  it.each<[name: string, spec: object, errors: readonly string[]]>([
    ['nothing wrong', {}, []],
    ['no containers', { containers: [] }, ['spec.containers: Required value']],
    [
      'a name with capitals',
      { containers: [{ name: 'Web', image: 'nginx' }] },
      [
        "spec.containers[0].name: Invalid value: \"Web\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      ],
    ],
    ['no image', { containers: [{ name: 'web' }] }, ['spec.containers[0].image: Required value']],
    [
      'two containers of one name',
      {
        containers: [
          { name: 'web', image: 'nginx' },
          { name: 'web', image: 'redis' },
        ],
      },
      ['spec.containers[1].name: Duplicate value: "web"'],
    ],
    [
      'a mount without its volume',
      container({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
      ['spec.containers[0].volumeMounts[0].name: Not found: "data"'],
    ],
    [
      'two sources in one volume',
      { volumes: [{ name: 'data', hostPath: { path: '/data' }, secret: { secretName: 'data' } }] },
      ['spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type'],
    ],
    [
      'a restart policy of its own',
      { restartPolicy: 'Sometimes' },
      ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
    ],
    [
      'requests above limits',
      container({ resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } }),
      [
        'spec.containers[0].resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi',
      ],
    ],
    [
      'a resource nobody knows',
      container({ resources: { limits: { gpu: '1' } } }),
      [
        'spec.containers[0].resources.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'spec.containers[0].resources.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers',
        'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      ],
    ],
    [
      'half a device',
      container({ resources: { limits: { 'example.com/gpu': '500m' } } }),
      [
        'spec.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer',
        'spec.containers[0].resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer',
      ],
    ],
    [
      'a probe that asks nobody',
      container({ livenessProbe: { periodSeconds: 5 } }),
      ['spec.containers[0].livenessProbe: Required value: must specify a handler type'],
    ],
    [
      'a liveness probe that wants two successes',
      container({ livenessProbe: { exec: { command: ['true'] }, successThreshold: 2 } }),
      ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1'],
    ],
    [
      'a port out of range',
      container({ ports: [{ containerPort: 70_000 }] }),
      ['spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive'],
    ],
    [
      'a port name that is too long',
      container({ ports: [{ containerPort: 80, name: 'a-very-long-name' }] }),
      ['spec.containers[0].ports[0].name: Invalid value: "a-very-long-name": must be no more than 15 characters'],
    ],
    [
      'a variable from nowhere',
      container({ env: [{ name: 'A', valueFrom: {} }] }),
      [
        'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ],
    ],
    [
      'a probe on an init container',
      { initContainers: [{ name: 'init', image: 'busybox', livenessProbe: { exec: { command: ['true'] } } }] },
      [
        'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
      ],
    ],
    [
      'a toleration for everything that names a value',
      { tolerations: [{ operator: 'Exists', value: 'x' }] },
      ['spec.tolerations[0].operator: Invalid value: "x": value must be empty when `operator` is \'Exists\''],
    ],
    [
      'a selector with an operator nobody knows',
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Like', values: ['ssd'] }] }],
            },
          },
        },
      },
      [
        'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value: "Like": not a valid selector operator',
      ],
    ],
    [
      'privileges that contradict each other',
      container({ securityContext: { allowPrivilegeEscalation: false, privileged: true } }),
      [
        'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      ],
    ],
    [
      'ephemeral containers from the start',
      { ephemeralContainers: [{ name: 'debug', image: 'busybox' }] },
      ['spec.ephemeralContainers: Forbidden: cannot be set on create'],
    ],
    [
      'DNS of its own without servers',
      { dnsPolicy: 'None' },
      ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
    ],
  ])('%s', (_, spec, errors) => expect(errorsOf(pod(spec))).toEqual(errors));
});

describe('update', () => {
  const update = (spec: object, old = stored()): readonly string[] => {
    const next = podRules.prepareForUpdate!({ ...old, spec: { ...old.spec, ...spec } as Pod['spec'] }, old, context);
    return podRules.validateUpdate!(next, old).map(({ field, body }) => `${field}: ${body}`);
  };
  const old = stored();

  it('may change an image', () => {
    expect(update({ containers: [{ ...old.spec.containers[0], image: 'nginx:1.27' }] }, old)).toEqual([]);
  });

  it('counts changes of the spec', () => {
    const next = podRules.prepareForUpdate!(
      { ...old, spec: { ...old.spec, tolerations: [{ key: 'a' }] } },
      old,
      context,
    );
    expect(next.metadata.generation).toBe(2);
    expect(podRules.prepareForUpdate!({ ...old, spec: { ...old.spec } }, old, context).metadata.generation).toBe(1);
  });

  it('shows what it refuses to change', () => {
    const [error] = update({ restartPolicy: 'Never' }, old);
    expect(error)
      .toBe(`spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
@@ -35,7 +35,7 @@
   }
  ],
  "EphemeralContainers": null,
- "RestartPolicy": "Always",
+ "RestartPolicy": "Never",
  "TerminationGracePeriodSeconds": 30,
  "ActiveDeadlineSeconds": null,
  "DNSPolicy": "ClusterFirst",
`);
  });

  it('may neither add nor remove containers', () => {
    const containers = [...old.spec.containers, { name: 'more', image: 'redis' }];
    expect(update({ containers }, old)).toEqual([
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    ]);
  });
});

describe('deletion', () => {
  it.each<[name: string, spec: object, phase: string, asked: number | undefined, seconds: number]>([
    ['goes at once while it runs nowhere', {}, 'Pending', undefined, 0],
    ['gets the time that its spec says', { nodeName: 'alpha' }, 'Running', undefined, 30],
    ['gets the time that was asked for', { nodeName: 'alpha' }, 'Running', 5, 5],
    ['goes at once when it is over', { nodeName: 'alpha' }, 'Succeeded', undefined, 0],
  ])('%s', (_, spec, phase, asked, seconds) => {
    const object = { ...stored(spec), status: { phase } } as Pod;
    expect(podRules.gracePeriodSeconds!(object, asked)).toBe(seconds);
  });
});

describe('rows', () => {
  const running = { running: { startedAt: '2026-01-01T00:00:00Z' } };
  const crashed = { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-01-01T00:07:55Z' } };
  const row = (status: object, spec: object = {}, metadata: object = {}): readonly unknown[] => {
    const object = { ...stored(spec, { creationTimestamp: '2026-01-01T00:00:00Z', ...metadata }), status } as Pod;
    return podRules.row!(object, { nowMs: context.nowMs });
  };

  it.each<[name: string, cells: readonly unknown[], status: object, spec?: object, metadata?: object]>([
    ['one that waits', ['web', '0/1', 'Pending', '0', '10m'], { phase: 'Pending' }],
    [
      'one that runs',
      ['web', '1/1', 'Running', '0', '10m'],
      { phase: 'Running', containerStatuses: [{ name: 'web', ready: true, restartCount: 0, state: running }] },
    ],
    [
      'one that crashes again and again',
      ['web', '0/1', 'CrashLoopBackOff', '3 (2m5s ago)', '10m'],
      {
        phase: 'Running',
        containerStatuses: [
          {
            name: 'web',
            ready: false,
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: crashed,
          },
        ],
      },
    ],
    [
      'one that is being set up',
      ['web', '0/1', 'Init:0/1', '0', '10m'],
      { phase: 'Pending', initContainerStatuses: [{ name: 'init', restartCount: 0, state: running }] },
      { initContainers: [{ name: 'init', image: 'busybox' }] },
    ],
    [
      'one whose setting up failed',
      ['web', '0/1', 'Init:Error', '1', '10m'],
      { phase: 'Pending', initContainerStatuses: [{ name: 'init', restartCount: 1, state: crashed }] },
      { initContainers: [{ name: 'init', image: 'busybox' }] },
    ],
    [
      'one that has just been set up',
      ['web', '0/1', 'PodInitializing', '0', '10m'],
      {
        phase: 'Pending',
        initContainerStatuses: [{ name: 'init', restartCount: 0, state: { terminated: { exitCode: 0 } } }],
        containerStatuses: [{ name: 'web', restartCount: 0, state: { waiting: { reason: 'PodInitializing' } } }],
      },
      { initContainers: [{ name: 'init', image: 'busybox' }] },
    ],
    [
      'one with a sidecar',
      ['web', '2/2', 'Running', '0', '10m'],
      {
        phase: 'Running',
        initContainerStatuses: [{ name: 'proxy', ready: true, started: true, restartCount: 0, state: running }],
        containerStatuses: [{ name: 'web', ready: true, restartCount: 0, state: running }],
      },
      { initContainers: [{ name: 'proxy', image: 'envoy', restartPolicy: 'Always' }] },
    ],
    [
      'one that leaves',
      ['web', '1/1', 'Terminating', '0', '10m'],
      { phase: 'Running', containerStatuses: [{ name: 'web', ready: true, restartCount: 0, state: running }] },
      {},
      { deletionTimestamp: '2026-01-01T00:10:30Z' },
    ],
    ['one that was thrown out', ['web', '0/1', 'Evicted', '0', '10m'], { phase: 'Failed', reason: 'Evicted' }],
    [
      'one killed by a signal',
      ['web', '0/1', 'Signal:9', '0', '10m'],
      {
        phase: 'Failed',
        containerStatuses: [{ name: 'web', restartCount: 0, state: { terminated: { exitCode: 137, signal: 9 } } }],
      },
    ],
  ])('%s', (_, cells, status, spec, metadata) => expect(row(status, spec, metadata).slice(0, 5)).toEqual(cells));

  it('has more to say in a wide table', () => {
    const status = { phase: 'Running', podIPs: [{ ip: '10.244.1.7' }], conditions: [{ type: 'a', status: 'True' }] };
    const spec = { nodeName: 'alpha', readinessGates: [{ conditionType: 'a' }, { conditionType: 'b' }] };
    expect(row(status, spec).slice(5)).toEqual(['10.244.1.7', 'alpha', '<none>', '1/2']);
  });
});

describe('warnings', () => {
  it.each<[spec: object, warnings: readonly string[]]>([
    [{}, []],
    [
      container({
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      }),
      ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'],
    ],
    [
      {
        containers: [
          { name: 'a', image: 'nginx', ports: [{ name: 'http', containerPort: 80 }] },
          { name: 'b', image: 'nginx', ports: [{ name: 'http', containerPort: 80 }] },
        ],
      },
      [
        'spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]',
        'spec.containers[1].ports[0]: duplicate port name "http" with spec.containers[0].ports[0], services and probes that select ports by name will use spec.containers[0].ports[0]',
      ],
    ],
    [
      { nodeSelector: { 'beta.kubernetes.io/os': 'linux' } },
      ['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead'],
    ],
  ])('%j', (spec, warnings) => expect(podRules.warnings!(stored(spec), undefined)).toEqual(warnings));
});
