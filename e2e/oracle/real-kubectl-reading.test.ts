import { beforeAll, describe, expect, it } from 'vitest';
import { missing, suiteNote, useRealClients } from './real-clients.ts';

const web = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
          ports: [{ containerPort: 80, name: http }]
          resources: { requests: { cpu: 50m, memory: 32Mi } }
          readinessProbe: { httpGet: { path: /, port: http }, periodSeconds: 2 }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: v1
kind: Pod
metadata:
  name: solo
  labels: { app: solo, tier: back }
spec:
  containers:
    - { name: main, image: busybox, command: [sleep, '3600'], env: [{ name: COLOUR, value: blue }] }
`;

describe.skipIf(missing !== undefined)(`the real kubectl reads${suiteNote}`, () => {
  const clients = useRealClients();
  const { ok, fails } = clients;

  beforeAll(async () => {
    clients.workplace.write('web.yaml', web);
    await ok('apply -f web.yaml');
    await ok('rollout status deployment/web --timeout=20s');
    await ok('wait --for=condition=Ready pod/solo --timeout=20s');
  });

  it('versions and addresses', async () => {
    expect(await ok('version')).toMatch(
      /Client Version: v1\.35\.2\nKustomize Version: .*\nServer Version: v1\.35\.2\n/,
    );
    expect(JSON.parse(await ok('version -o json'))).toMatchObject({ serverVersion: { major: '1', minor: '35' } });
    expect(await ok('cluster-info')).toContain(`is running at`);
    expect((await ok('api-versions')).split('\n')).toEqual(
      expect.arrayContaining(['v1', 'apps/v1', 'batch/v1', 'networking.k8s.io/v1', 'rbac.authorization.k8s.io/v1']),
    );
    expect(await ok('get --raw /readyz')).toBe('ok');
  });

  it('lists of resources', async () => {
    const table = await ok('api-resources');
    expect(table).toMatch(/^NAME +SHORTNAMES +APIVERSION +NAMESPACED +KIND\n/);
    expect(table).toMatch(/^pods +po +v1 +true +Pod$/m);
    expect(table).toMatch(/^deployments +deploy +apps\/v1 +true +Deployment$/m);
    expect((await ok('api-resources --namespaced=false -o name')).split('\n')).toContain('nodes');
    expect(await ok('api-resources --verbs=list --api-group=apps -o name')).toContain('replicasets.apps');
  });

  it.each([
    { line: 'explain pods', expected: ['KIND:       Pod', 'VERSION:    v1', 'FIELDS:', 'spec\t<PodSpec>'] },
    {
      line: 'explain deployment.spec.strategy',
      expected: ['GROUP:      apps', 'FIELD: strategy <DeploymentStrategy>'],
    },
    {
      line: 'explain pod.spec.containers.livenessProbe.httpGet',
      expected: ['FIELD: httpGet <HTTPGetAction>', 'port\t<IntOrString> -required-'],
    },
    { line: 'explain service.spec --recursive', expected: ['    targetPort\t<IntOrString>'] },
    { line: 'explain hpa --api-version=autoscaling/v2', expected: ['KIND:       HorizontalPodAutoscaler'] },
  ])('$line', async ({ line, expected }) => {
    const text = await ok(line);
    for (const part of expected) expect(text).toContain(part);
  });

  it('objects as tables', async () => {
    expect(await ok('get pods')).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\n/);
    expect(await ok('get pods -o wide')).toMatch(/NOMINATED NODE +READINESS GATES\n/);
    expect(await ok('get deploy,rs,svc')).toMatch(/^deployment\.apps\/web +2\/2 +2 +2 /m);
    expect(await ok('get nodes --show-labels')).toContain('kubernetes.io/hostname=node-1');
    expect(await ok('get pods -A --no-headers -L tier')).toMatch(/^default +solo +1\/1 +Running .* back$/m);
    expect(await ok('get all')).toContain('replicaset.apps/web-');
    expect(await ok('get events --sort-by=.lastTimestamp')).toMatch(/Normal +Scheduled +pod\/solo/);
    expect(await ok('get endpointslices')).toMatch(/^web-\w+ +IPv4 +80 +10\./m);
  });

  it('objects in every other form', async () => {
    expect(JSON.parse(await ok('get pod solo -o json'))).toMatchObject({ kind: 'Pod', metadata: { name: 'solo' } });
    expect(JSON.parse(await ok('get pods -o json'))).toMatchObject({ kind: 'List' });
    expect(await ok('get deployment web -o yaml')).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n/);
    expect(await ok('get deployment web -o kyaml')).toContain('kind: "Deployment",');
    expect(await ok('get pods -l app=solo -o name')).toBe('pod/solo\n');
    expect(await ok(`get pod solo -o jsonpath='{.spec.containers[0].image}'`)).toBe('busybox');
    expect(await ok(`get pods -l app=solo -o jsonpath='{range .items[*]}{.metadata.name}{"\\n"}{end}'`)).toBe('solo\n');
    expect(await ok('get pods -l app=solo -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[*].image')).toBe(
      'NAME   IMAGE\nsolo   busybox\n',
    );
    expect(await ok(`get pods -l app=solo -o go-template='{{range .items}}{{.metadata.name}}{{end}}'`)).toBe('solo');
    clients.workplace.write('columns.txt', 'NAME PHASE\n.metadata.name .status.phase\n');
    expect(await ok('get pod solo -o custom-columns-file=columns.txt')).toBe('NAME   PHASE\nsolo   Running\n');
  });

  it('objects by label and field', async () => {
    expect(await ok('get pods -l "app in (solo,other),tier" -o name')).toBe('pod/solo\n');
    expect(await ok('get pods --field-selector=metadata.name=solo,status.phase=Running -o name')).toBe('pod/solo\n');
    expect(await ok('get pods -A --chunk-size=1 -o name')).toContain('pod/solo');
    expect(await fails('get pods --field-selector=spec.colour=blue')).toContain('field label not supported');
  });

  it('changes as they come', async () => {
    const watching = clients.start('get pods -w -o name');
    await watching.waitForOutput(/pod\/solo/);
    await ok('run seen --image=nginx');
    await watching.waitForOutput(/pod\/seen/);
    await ok('delete pod seen --now');
    watching.interrupt();
    expect((await watching.result).stdout.match(/pod\/seen/g)!.length).toBeGreaterThan(2);
  });

  it.each([
    {
      line: 'describe pod solo',
      expected: [/^Name: +solo$/m, /^Events:$/m, /Started +\S+ +kubelet +/, /COLOUR: +blue/],
    },
    {
      line: 'describe node node-1',
      expected: [/^Roles: +<none>$/m, /^Allocated resources:$/m, /Non-terminated Pods:/],
    },
    {
      line: 'describe deployment web',
      expected: [/^Replicas: +2 desired \| 2 updated \| 2 total/m, /ScalingReplicaSet/],
    },
    { line: 'describe service web', expected: [/^Endpoints: +10\.\S+:80,10\.\S+:80$/m, /^Session Affinity: +None$/m] },
    { line: 'describe ns default', expected: [/^Status: +Active$/m] },
    { line: 'describe rs -l app=web', expected: [/^Controlled By: +Deployment\/web$/m] },
  ])('$line', async ({ line, expected }) => {
    const text = await ok(line);
    for (const part of expected) expect(text).toMatch(part);
  });

  it('what is not there', async () => {
    expect(await fails('get pod nobody')).toBe('Error from server (NotFound): pods "nobody" not found\n');
    expect(await fails('get nonsense')).toBe('error: the server doesn\'t have a resource type "nonsense"\n');
    expect(await ok('get pod nobody --ignore-not-found')).toBe('');
    expect(await fails('describe deployment nobody')).toContain('deployments.apps "nobody" not found');
    expect((await clients.kubectl('get pods -n empty')).stderr).toBe('No resources found in empty namespace.\n');
  });

  it('what it may do', async () => {
    expect(await ok('auth can-i create deployments')).toBe('yes\n');
    expect(await ok('auth can-i --list')).toContain('*.*');
    expect(await ok('auth whoami')).toContain('kubernetes-admin');
  });
});
