import { beforeAll, describe, expect, it } from 'vitest';
import { missing, suiteNote, useRealClients } from './real-clients.ts';

/** A Job that runs as a hook and says so in a ConfigMap of its own. */
const hook = (name: string, when: string, policy: string) => `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-${name}
  annotations: { helm.sh/hook: ${when}, helm.sh/hook-weight: "1", helm.sh/hook-delete-policy: ${policy} }
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: main, image: busybox, command: [sh, -c, 'echo ${name}; sleep 1'] }]
`;

const chart: Readonly<Record<string, string>> = {
  'Chart.yaml': 'apiVersion: v2\nname: harbour\nversion: 0.1.0\n',
  'values.yaml': 'size: 1\nbroken: false\n',
  'crds/boats.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: boats.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: boats, singular: boat, kind: Boat, shortNames: [bt] }
  versions:
    - name: v1
      served: true
      storage: true
      additionalPrinterColumns: [{ name: Size, type: integer, jsonPath: .spec.size }]
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: { type: object, properties: { size: { type: integer, minimum: 1 } } }
`,
  'templates/boat.yaml': `apiVersion: example.com/v1
kind: Boat
metadata: { name: {{ .Release.Name }} }
spec: { size: {{ .Values.size }} }
`,
  'templates/web.yaml': `apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name }}-web, labels: { app: {{ .Release.Name }} } }
spec: { containers: [{ name: web, image: nginx }] }
---
apiVersion: v1
kind: Service
metadata: { name: {{ .Release.Name }}-web }
spec: { selector: { app: {{ .Release.Name }} }, ports: [{ port: 80 }] }
`,
  'templates/before.yaml': hook('before', 'pre-install', 'before-hook-creation'),
  'templates/upgraded.yaml': hook('upgraded', 'post-upgrade', 'before-hook-creation'),
  'templates/gone.yaml': hook('cleaned', 'post-install', 'hook-succeeded'),
  'templates/leaving.yaml': hook('leaving', 'pre-delete', 'before-hook-creation'),
  'templates/tests/reach.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-reach
  annotations: { helm.sh/hook: test, helm.sh/hook-delete-policy: before-hook-creation }
spec:
  restartPolicy: Never
  containers:
    - name: main
      image: busybox
      command: [sh, -c, '{{ if .Values.broken }}exit 4{{ else }}wget -qO- http://{{ .Release.Name }}-web | grep title{{ end }}']
`,
};

describe.skipIf(missing !== undefined)(`the real helm, with hooks, tests and CRDs${suiteNote}`, () => {
  const clients = useRealClients();
  const { ok, helm } = clients;

  beforeAll(() => {
    for (const [name, content] of Object.entries(chart)) clients.workplace.write(`harbour/${name}`, content);
  });

  it('installs the CRDs first, then runs the hooks around the rest', async () => {
    expect(await helm('install main harbour --wait --timeout 30s')).toContain('STATUS: deployed');
    expect(await ok('get bt')).toMatch(/^NAME +SIZE\nmain +1\n$/);
    expect(await ok('get job main-before -o jsonpath={.status.succeeded}')).toBe('1');
    expect(await ok('get jobs -o name')).toBe('job.batch/main-before\n');
    expect(await helm('get hooks main')).toContain('helm.sh/hook: post-upgrade');
  });

  it('tests a release', async () => {
    expect(await helm('test main --timeout 30s --logs')).toMatch(
      /Phase: +Succeeded[\s\S]*<title>Welcome to nginx!<\/title>/,
    );
  });

  it('upgrades what the chart made of its own kind, and runs the hook after', async () => {
    expect(await helm('upgrade main harbour --set size=3 --wait --timeout 30s')).toContain('REVISION: 2');
    expect(await ok('get boat main -o jsonpath={.spec.size}')).toBe('3');
    expect(await ok('get job main-upgraded -o jsonpath={.status.succeeded}')).toBe('1');
  });

  it('rolls back', async () => {
    await helm('rollback main 1 --wait --timeout 30s');
    expect(await ok('get boat main -o jsonpath={.spec.size}')).toBe('1');
    expect(await helm('history main')).toMatch(/^3\s.*deployed\s.*Rollback to 1/m);
  });

  it('reports what the API refuses, and a test that fails', async () => {
    await expect(helm('upgrade main harbour --set size=0 --timeout 30s')).rejects.toThrow('spec.size');
    await helm('upgrade main harbour --set broken=true --wait --timeout 30s');
    await expect(helm('test main --timeout 30s')).rejects.toThrow('main-reach');
  });

  it('runs the last hook, and leaves the CRDs', async () => {
    expect(await helm('uninstall main --wait --timeout 30s')).toContain('release "main" uninstalled');
    expect(await ok('get boats,pods,services -l app=main -o name')).toBe('');
    expect(await ok('get job main-leaving -o jsonpath={.status.succeeded}')).toBe('1');
    expect(await ok('get crd boats.example.com -o name')).toContain('boats.example.com');
  });
});
