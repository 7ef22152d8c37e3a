import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { useRealClients } from './real-clients.ts';
import { runProgram } from './run-program.ts';

/** A Python that has the official client: Debian's package python3-kubernetes belongs to Debian's own Python. */
const python = ['/usr/bin/python3', 'python3'].find(
  (path) => spawnSync(path, ['-c', 'import kubernetes'], { stdio: 'ignore' }).status === 0,
);
const note = python === undefined ? ' (skipped: no Python with the package kubernetes)' : '';

const script = String.raw`
import json, threading
from kubernetes import client, config, watch
from kubernetes.stream import stream, portforward

config.load_kube_config()
core, apps = client.CoreV1Api(), client.AppsV1Api()
seen = []

pod = {'metadata': {'name': 'web', 'labels': {'app': 'web'}}, 'spec': {'containers': [{'name': 'nginx', 'image': 'nginx'}]}}
core.create_namespaced_pod('default', pod)
for event in watch.Watch().stream(core.list_namespaced_pod, 'default', label_selector='app=web', timeout_seconds=300):
    conditions = {c.type: c.status for c in event['object'].status.conditions or []}
    if conditions.get('Ready') == 'True':
        break
seen.append(['ready', event['object'].status.phase])

core.create_namespaced_config_map('default', {'metadata': {'name': 'made'}, 'data': {'a': '1'}})
core.patch_namespaced_config_map('made', 'default', {'data': {'b': '2'}})
seen.append(['patched', core.read_namespaced_config_map('made', 'default').data])
try:
    core.create_namespaced_config_map('default', {'metadata': {'name': 'made'}})
except client.ApiException as refusal:
    seen.append(['refused', refusal.status, json.loads(refusal.body)['reason']])
core.delete_namespaced_config_map('made', 'default')

shell = stream(core.connect_get_namespaced_pod_exec, 'web', 'default', command=['sh', '-c', 'cat; exit 3'],
               stderr=True, stdin=True, stdout=True, tty=False, _preload_content=False)
shell.write_stdin('from outside\n')
while '\n' not in (text := shell.read_stdout(timeout=1)):
    pass
seen.append(['exec', text])
shell.close()
seen.append(['output', stream(core.connect_get_namespaced_pod_exec, 'web', 'default', command=['hostname'],
                              stderr=True, stdin=False, stdout=True, tty=False)])

ports = portforward(core.connect_get_namespaced_pod_portforward, 'web', 'default', ports='80')
socket = ports.socket(80)
socket.setblocking(True)
socket.sendall(b'GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n')
answer = b''
while chunk := socket.recv(4096):
    answer += chunk
seen.append(['forwarded', answer.split(b'\r\n')[0].decode(), b'Welcome to nginx!' in answer, ports.error(80)])

seen.append(['logs', isinstance(core.read_namespaced_pod_log('web', 'default'), str)])
seen.append(['version', client.VersionApi().get_code().git_version])
print(json.dumps(seen))
`;

describe.skipIf(python === undefined)(`the official client for Python${note}`, () => {
  const clients = useRealClients({ needsOracle: false });

  it('works', async () => {
    const { folder, environment } = clients.workplace;
    const options = { workingDirectory: folder, environment };
    const { code, stdout, stderr } = await runProgram(python!, [clients.workplace.write('script.py', script)], options);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      ['ready', 'Running'],
      ['patched', { a: '1', b: '2' }],
      ['refused', 409, 'AlreadyExists'],
      ['exec', 'from outside\n'],
      ['output', 'web\n'],
      ['forwarded', 'HTTP/1.1 200 OK', true, null],
      ['logs', true],
      ['version', 'v1.35.2'],
    ]);
  });
});
