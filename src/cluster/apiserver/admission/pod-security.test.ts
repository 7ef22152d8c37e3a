import { describe, expect, it } from 'vitest';
import type { Status } from '../../../api/index.ts';
import { createCluster } from '../../cluster.ts';
import { TestClient } from '../test-client.ts';
import { evaluatePodSecurity as evaluate } from './pod-security/evaluate.ts';
import type { CheckedPod } from './pod-security/pod-template-of.ts';
import { policyOf } from './pod-security/policy.ts';
import { detailsOf } from './pod-security/violation.ts';

const safe = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

function pod(container: object = {}, spec: object = {}, annotations: Record<string, string> = {}): CheckedPod {
  const checked: unknown = { metadata: { annotations }, spec: { containers: [{ name: 'c', ...container }], ...spec } };
  return checked as CheckedPod;
}

const secured = (context: object) => pod({ securityContext: { ...safe, ...context } });

describe('levels', () => {
  it.each<{ checked: CheckedPod; expected: string; version?: string }>([
    {
      checked: pod({}, { hostNetwork: true, hostPID: true }),
      expected: 'host namespaces (hostNetwork=true, hostPID=true)',
    },
    {
      checked: pod({}, { volumes: [{ name: 'v', hostPath: { path: '/' } }] }),
      expected: 'hostPath volumes (volume "v")',
    },
    {
      checked: pod({ ports: [{ hostPort: 80 }, { hostPort: 81 }] }),
      expected: 'hostPort (container "c" uses hostPorts 80, 81)',
    },
    {
      checked: pod({ securityContext: { privileged: true } }),
      expected: 'privileged (container "c" must not set securityContext.privileged=true)',
    },
    {
      checked: pod({ securityContext: { capabilities: { add: ['NET_ADMIN', 'CHOWN', 'BPF'] } } }),
      expected:
        'non-default capabilities (container "c" must not include "BPF", "NET_ADMIN" in securityContext.capabilities.add)',
    },
    {
      checked: pod({ livenessProbe: { httpGet: { host: 'a' } } }),
      expected: 'probe or lifecycle host (container "c" uses probe or lifecycle host "a")',
    },
    { checked: pod({ livenessProbe: { httpGet: { host: 'a' } } }), version: 'v1.33', expected: '' },
    {
      checked: pod({ securityContext: { procMount: 'Unmasked' } }),
      expected: 'procMount (container "c" must not set securityContext.procMount to "Unmasked")',
    },
    { checked: pod({ securityContext: { procMount: 'Unmasked' } }, { hostUsers: false }), expected: '' },
    {
      checked: pod(
        { securityContext: { seLinuxOptions: { type: 'x', user: 'u' } } },
        { securityContext: { seLinuxOptions: { role: 'r' } } },
      ),
      expected:
        'seLinuxOptions (pod and container "c" set forbidden securityContext.seLinuxOptions: type "x"; user may not be set; role may not be set)',
    },
    {
      checked: pod({}, { securityContext: { seccompProfile: { type: 'Unconfined' } } }),
      expected: 'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
    },
    {
      checked: pod({}, {}, { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' }),
      version: 'v1.18',
      expected: 'seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod="unconfined")',
    },
    {
      checked: pod({}, { securityContext: { sysctls: [{ name: 'kernel.msgmax' }, { name: 'net.ipv4.tcp_rmem' }] } }),
      expected: 'forbidden sysctls (kernel.msgmax)',
    },
    {
      checked: pod({}, {}, { 'container.apparmor.security.beta.kubernetes.io/c': 'unconfined' }),
      expected:
        'forbidden AppArmor profile (annotation must not set AppArmor profile type to "container.apparmor.security.beta.kubernetes.io/c="unconfined"")',
    },
    {
      checked: pod({ securityContext: { windowsOptions: { hostProcess: true } } }),
      expected: 'hostProcess (container "c" must not set securityContext.windowsOptions.hostProcess=true)',
    },
  ])('[API-134] baseline: $expected', ({ checked, expected, version = 'latest' }) =>
    expect(detailsOf(evaluate({ level: 'baseline', version }, checked))).toBe(expected),
  );

  it.each<{ checked: CheckedPod; expected: string; version?: string }>([
    { checked: secured({}), expected: '' },
    {
      checked: pod(),
      expected:
        'allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), ' +
        'unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"]), ' +
        'runAsNonRoot != true (pod or container "c" must set securityContext.runAsNonRoot=true), ' +
        'seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    },
    { checked: pod({}, { os: { name: 'windows' }, securityContext: { runAsNonRoot: true } }), expected: '' },
    { checked: secured({ runAsUser: 0 }), expected: 'runAsUser=0 (container "c" must not set runAsUser=0)' },
    { checked: secured({ runAsUser: 0 }), version: 'v1.22', expected: '' },
    {
      checked: pod(
        { securityContext: safe },
        {
          volumes: [
            { name: 'v', hostPath: { path: '/' } },
            { name: 'n', nfs: {} },
          ],
        },
      ),
      expected: 'restricted volume types (volumes "v", "n" use restricted volume types "hostPath", "nfs")',
    },
    {
      checked: secured({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CHOWN'] } }),
      expected:
        'unrestricted capabilities (container "c" must not include "CHOWN" in securityContext.capabilities.add)',
    },
  ])('[API-134] restricted: $expected', ({ checked, expected, version = 'latest' }) =>
    expect(detailsOf(evaluate({ level: 'restricted', version }, checked))).toBe(expected),
  );
});

it('[API-134] reads the labels of namespaces', () => {
  const label = (mode: string) => `pod-security.kubernetes.io/${mode}`;
  const latest = { level: 'baseline', version: 'latest' };
  expect(policyOf({ [label('enforce')]: 'baseline' }).policy).toMatchObject({ enforce: latest, warn: latest });
  const { policy, errors } = policyOf({ [label('enforce')]: 'bad', [label('warn-version')]: '1.2' });
  expect(policy.enforce.level).toBe('restricted');
  expect(errors.map(({ field, body }) => `${field}: ${body}`)).toEqual([
    'metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "bad": must be one of privileged, baseline, restricted',
    'metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "1.2": must be "latest" or "v1.x"',
  ]);
});

it('[API-134] refuses pods, and warns of templates and of pods that are there already', () => {
  const cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  const client = new TestClient(cluster);
  cluster.clock.runFor(2000);
  const root = '/api/v1/namespaces/default';
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { hostNetwork: true, containers: [{ name: 'c', image: 'nginx' }] },
  };
  const create = (name: string) =>
    client.send<Status>('POST', `${root}/pods`, { metadata: { name }, spec: template.spec });
  expect(create('before').status).toBe(201);
  const labels = { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } };
  const { headers } = client.patch(root, 'application/merge-patch+json', labels);
  // Of several headers the last.
  expect(headers['warning']).toBe('299 - "before: host namespaces"');
  expect(create('after').body).toMatchObject({
    code: 403,
    message: 'pods "after" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)',
  });
  const deployment = { metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template } };
  const made = client.send('POST', '/apis/apps/v1/namespaces/default/deployments', deployment);
  expect(made.status).toBe(201);
  expect(made.headers['warning']).toBe(
    '299 - "would violate PodSecurity \\"baseline:latest\\": host namespaces (hostNetwork=true)"',
  );
});
