import { describe, expect, it } from 'vitest';
import { missing, suiteNote, useRealClients } from './real-clients.ts';

const configMap = (data: Readonly<Record<string, string>>, name = 'colours') =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });

describe.skipIf(missing !== undefined)(`the real kubectl writes${suiteNote}`, () => {
  const clients = useRealClients();
  const { ok, fails } = clients;

  it('applies, and merges what it applied before', async () => {
    expect(await ok('apply -f -', { stdin: configMap({ red: '1', green: '2' }) })).toBe('configmap/colours created\n');
    expect(await ok('apply -f -', { stdin: configMap({ red: '1', green: '2' }) })).toBe(
      'configmap/colours unchanged\n',
    );
    await ok(`patch configmap colours -p '{"data":{"blue":"3"}}'`);
    expect(await ok('apply -f -', { stdin: configMap({ red: '4' }) })).toBe('configmap/colours configured\n');
    expect(JSON.parse(await ok('get configmap colours -o jsonpath={.data}'))).toEqual({ red: '4', blue: '3' });
    expect(await ok('apply view-last-applied configmap colours -o json')).toContain('"red": "4"');
  });

  it('shows what apply would change', async () => {
    expect(await ok('diff -f -', { stdin: configMap({ red: '4' }) })).toBe('');
    const { code, stdout } = await clients.kubectl('diff -f -', { stdin: configMap({ red: '5' }) });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^-  red: "4"\n\+  red: "5"$/m);
  });

  it('applies on the server, and minds who owns a field', async () => {
    const apply = (manager: string, data: Record<string, string>, more = '') =>
      [`apply --server-side --field-manager=${manager} ${more} -f -`, { stdin: configMap(data, 'shared') }] as const;
    expect(await ok(...apply('one', { red: '1' }))).toBe('configmap/shared serverside-applied\n');
    const conflict = await fails(...apply('two', { red: '2' }));
    expect(conflict).toContain('Apply failed with 1 conflict: conflict with "one": .data.red');
    expect(conflict).toContain('--force-conflicts');
    await ok(...apply('two', { red: '2' }, '--force-conflicts'));
    expect(await ok('get configmap shared -o jsonpath={.data.red}')).toBe('2');
    expect(await ok('get configmap shared --show-managed-fields -o yaml')).toContain('manager: two');
  });

  it('edits with an editor', async () => {
    const editor = clients.workplace.write('editor.sh', '#!/bin/sh\nsed -i s/blue:/azure:/ "$1"\n', 0o755);
    expect(await ok('edit configmap colours', { environment: { EDITOR: editor } })).toBe('configmap/colours edited\n');
    expect(await ok('get configmap colours -o jsonpath={.data.azure}')).toBe('3');
    const idle = await ok('edit configmap colours', { environment: { EDITOR: 'true' } });
    expect(idle).toBe('');
    const breaking = clients.workplace.write('break.sh', '#!/bin/sh\nsed -i "s/^kind:.*/kind: Colour/" "$1"\n', 0o755);
    await fails('edit configmap colours', { environment: { EDITOR: breaking } });
  });

  it('rolls out, back and again', async () => {
    await ok('create deployment shop --image=nginx:1.26 --replicas=2');
    expect(await ok('rollout status deployment/shop --timeout=20s')).toContain('successfully rolled out');
    await ok('set image deployment/shop nginx=nginx:1.27');
    await ok('annotate deployment shop kubernetes.io/change-cause="newer nginx"');
    expect(await ok('rollout status deployment shop --timeout=20s')).toContain('successfully rolled out');
    expect(await ok('rollout history deployment/shop')).toMatch(/^1 +<none>\n2 +newer nginx$/m);
    expect(await ok('rollout history deployment/shop --revision=1')).toContain('nginx:1.26');
    expect(await ok('rollout undo deployment/shop')).toBe('deployment.apps/shop rolled back\n');
    await ok('rollout status deployment shop --timeout=20s');
    expect(await ok('get deployment shop -o jsonpath={.spec.template.spec.containers[0].image}')).toBe('nginx:1.26');
    await ok('rollout pause deployment/shop');
    await ok('rollout resume deployment/shop');
    await ok('rollout restart deployment/shop');
    await ok('rollout status deployment shop --timeout=20s');
    await ok('set image deployment/shop nginx=nginx:no-such-tag');
    expect(await fails('rollout status deployment shop --timeout=2s')).toContain('timed out');
  });

  it('scales, labels, annotates, exposes', async () => {
    expect(await ok('scale deployment shop --replicas=3 --current-replicas=2')).toBe('deployment.apps/shop scaled\n');
    expect(await fails('scale deployment shop --replicas=3 --current-replicas=7')).toContain(
      'Expected replicas to be 7',
    );
    expect(await ok('label deployment shop tier=front')).toBe('deployment.apps/shop labeled\n');
    expect(await fails('label deployment shop tier=back')).toContain("'tier' already has a value (front)");
    expect(await ok('label deployment shop tier=back --overwrite')).toBe('deployment.apps/shop labeled\n');
    expect(await ok('label deployment shop tier-')).toBe('deployment.apps/shop unlabeled\n');
    expect(await ok('annotate deployment shop note="a word"')).toBe('deployment.apps/shop annotated\n');
    expect(await ok('expose deployment shop --port=80 --type=NodePort')).toBe('service/shop exposed\n');
    expect(await ok('autoscale deployment shop --min=1 --max=4 --cpu-percent=50')).toContain('shop autoscaled');
    expect(await ok('set env deployment/shop MODE=test')).toBe('deployment.apps/shop env updated\n');
    expect(await ok('set resources deployment/shop --limits=cpu=200m')).toBe(
      'deployment.apps/shop resource requirements updated\n',
    );
  });

  it('patches in all three types', async () => {
    await ok(`patch deployment shop -p '{"spec":{"template":{"spec":{"containers":[{"name":"nginx","tty":true}]}}}}'`);
    expect(await ok('get deployment shop -o jsonpath={.spec.template.spec.containers[*].tty}')).toBe('true');
    await ok(`patch deployment shop --type=merge -p '{"spec":{"replicas":1}}'`);
    await ok(`patch deployment shop --type=json -p '[{"op":"replace","path":"/spec/minReadySeconds","value":1}]'`);
    expect(await fails(`patch deployment shop --type=json -p '[{"op":"remove","path":"/spec/nothing"}]'`)).not.toBe('');
    expect(await ok('get deployment shop -o jsonpath={.spec.replicas},{.spec.minReadySeconds}')).toBe('1,1');
    await ok(`patch deployment shop --subresource=scale --type=merge -p '{"spec":{"replicas":2}}'`);
    expect(await fails(`patch deployment shop -p '{"spec":{"replicas":-1}}'`)).toContain(
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
  });

  // What kubectl generates itself it sends as protobuf.
  it.each([
    { line: 'create namespace harbour', made: 'namespace/harbour' },
    { line: 'create deployment gen --image=nginx --port=80', made: 'deployment.apps/gen' },
    { line: 'create service clusterip gen --tcp=80:8080', made: 'service/gen' },
    { line: 'create service nodeport gen-np --tcp=80', made: 'service/gen-np' },
    { line: 'create service externalname gen-ext --external-name example.org', made: 'service/gen-ext' },
    { line: 'create configmap gen --from-literal=a=1 --from-file=b=input.txt', made: 'configmap/gen' },
    { line: 'create secret generic gen --from-literal=password=hidden', made: 'secret/gen' },
    {
      line: 'create secret docker-registry gen-r --docker-server=r --docker-username=u --docker-password=p',
      made: 'secret/gen-r',
    },
    { line: 'create serviceaccount gen', made: 'serviceaccount/gen' },
    {
      line: 'create role gen --verb=get,list --resource=pods,deployments.apps',
      made: 'role.rbac.authorization.k8s.io/gen',
    },
    {
      line: 'create rolebinding gen --role=gen --serviceaccount=default:gen',
      made: 'rolebinding.rbac.authorization.k8s.io/gen',
    },
    { line: 'create clusterrole gen --verb=get --resource=nodes', made: 'clusterrole.rbac.authorization.k8s.io/gen' },
    {
      line: 'create clusterrolebinding gen --clusterrole=gen --user=jane',
      made: 'clusterrolebinding.rbac.authorization.k8s.io/gen',
    },
    { line: 'create job gen --image=busybox -- sh -c "echo done"', made: 'job.batch/gen' },
    { line: 'create cronjob gen --image=busybox --schedule="*/5 * * * *" -- date', made: 'cronjob.batch/gen' },
    { line: 'create job gen-now --from=cronjob/gen', made: 'job.batch/gen-now' },
    { line: 'create ingress gen --rule="example.org/*=gen:80"', made: 'ingress.networking.k8s.io/gen' },
    { line: 'create quota gen --hard=pods=100', made: 'resourcequota/gen' },
    {
      line: 'create poddisruptionbudget gen --selector=app=gen --min-available=1',
      made: 'poddisruptionbudget.policy/gen',
    },
    { line: 'create priorityclass gen --value=10', made: 'priorityclass.scheduling.k8s.io/gen' },
  ])('$line', async ({ line, made }) => {
    clients.workplace.write('input.txt', 'text\n');
    expect(await ok(line)).toBe(`${made} created\n`);
    expect(await ok(`get ${made} -o name`)).toBe(`${made}\n`);
  });

  it('creates tokens', async () => {
    expect((await ok('create token gen')).split('.')).toHaveLength(3);
  });

  it('deletes, and waits until it is gone', async () => {
    await ok('run brief --image=busybox --restart=Never -- sleep 3600');
    await ok('wait --for=condition=Ready pod/brief --timeout=20s');
    expect(await ok('delete pod brief --grace-period=2')).toBe('pod "brief" deleted from default namespace\n');
    await fails('get pod brief');
    await ok('run brief --image=busybox -- sleep 3600');
    expect(await ok('delete pod brief --force --grace-period=0')).toContain('pod "brief" force deleted');
    expect(await ok('delete namespace harbour --timeout=20s')).toBe('namespace "harbour" deleted\n');
    expect(await ok('delete deployment,service -l app=gen')).toContain('deployment.apps "gen" deleted');
    expect(await fails('delete pod brief')).toContain('pods "brief" not found');
  });

  it('waits for conditions, values and ends', async () => {
    await ok('run patient --image=nginx');
    expect(await ok('wait --for=condition=Ready pod patient --timeout=20s')).toBe('pod/patient condition met\n');
    expect(await ok(`wait --for=jsonpath='{.status.phase}'=Running pod/patient --timeout=20s`)).toBe(
      'pod/patient condition met\n',
    );
    const waiting = clients.start('wait --for=delete pod/patient --timeout=20s');
    await ok('delete pod patient --now');
    expect(await waiting.result).toMatchObject({ code: 0 });
    expect(await ok('wait --for=condition=complete job/gen --timeout=20s')).toBe('job.batch/gen condition met\n');
    expect(await fails('wait --for=condition=Docked deployment/shop --timeout=1s')).toContain('timed out');
  });

  it('replaces and creates from files', async () => {
    clients.workplace.write('config.json', configMap({ a: '1' }, 'from-file'));
    expect(await ok('create -f config.json --save-config')).toBe('configmap/from-file created\n');
    expect(await fails('create -f config.json')).toContain('configmaps "from-file" already exists');
    expect(await ok('replace -f config.json')).toBe('configmap/from-file replaced\n');
    expect(await ok('replace --force -f config.json')).toContain('configmap/from-file replaced');
    expect(await ok('delete -f config.json')).toContain('configmap "from-file" deleted');
  });

  it('drains a node and lets it work again', async () => {
    expect(await ok('taint nodes node-2 dedicated=test:NoSchedule')).toBe('node/node-2 tainted\n');
    expect(await ok('taint nodes node-2 dedicated-')).toBe('node/node-2 untainted\n');
    expect(await ok('drain node-2 --ignore-daemonsets --force --delete-emptydir-data --timeout=20s')).toContain(
      'node/node-2 drained',
    );
    expect(await ok('get node node-2')).toContain('Ready,SchedulingDisabled');
    expect(await ok('uncordon node-2')).toBe('node/node-2 uncordoned\n');
  });

  it('refuses bad input clearly', async () => {
    const unknownField = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"bad"},"colour":"red"}';
    expect(await fails('apply -f -', { stdin: unknownField })).toContain(
      'strict decoding error: unknown field "colour"',
    );
    expect((await clients.kubectl('apply --validate=warn -f -', { stdin: unknownField })).stderr).toContain(
      'Warning: unknown field "colour"',
    );
    expect(await fails('apply -f -', { stdin: 'kind: [Pod\n' })).toContain('error parsing STDIN');
    expect(await fails('apply -f -', { stdin: 'apiVersion: boats/v1\nkind: Boat\nmetadata: {name: b}\n' })).toContain(
      'no matches for kind "Boat" in version "boats/v1"',
    );
    expect(await fails(`create deployment ${'x'.repeat(64)} --image=nginx`)).toContain('');
    expect(await fails(`create configmap ${'x'.repeat(254)}`)).toContain('must be no more than 253 ');
    expect(await fails('create -f -', { stdin: configMap({ a: 'x'.repeat(3_000_000) }, 'big') })).not.toBe('');
    expect(await fails('create configmap Upper')).toContain('a lowercase RFC 1123 subdomain');
    expect(await fails('run two --image=nginx -n nowhere')).toContain('namespaces "nowhere" not found');
    expect(await ok('get pods -o name')).not.toContain('bad');
  });
});
