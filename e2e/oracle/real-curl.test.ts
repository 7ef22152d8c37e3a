import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { useRealClients } from './real-clients.ts';
import { runProgram } from './run-program.ts';

const isThere = spawnSync('curl', ['--version'], { stdio: 'ignore' }).status === 0;

describe.skipIf(!isThere)(`curl${isThere ? '' : ' (skipped: not installed)'}`, () => {
  const clients = useRealClients({ needsOracle: false });

  async function curl(path: string, ...argv: readonly string[]): Promise<string> {
    const { folder, environment } = clients.workplace;
    const options = { workingDirectory: folder, environment };
    const { code, stdout, stderr } = await runProgram('curl', ['-sS', ...argv, clients.cluster.url + path], options);
    expect(code, stderr).toBe(0);
    return stdout;
  }

  it('reads pages for operators', async () => {
    expect(await curl('/healthz')).toBe('ok');
    expect(await curl('/readyz?verbose')).toMatch(
      /^\[\+\]ping ok\n[\s\S]*\[\+\]etcd ok\n[\s\S]*readyz check passed\n$/,
    );
    expect(await curl('/livez/etcd')).toBe('ok');
    expect(JSON.parse(await curl('/version'))).toMatchObject({ major: '1', minor: '35', gitVersion: 'v1.35.2' });
    await curl('/api/v1/nodes');
    expect(await curl('/metrics')).toMatch(/^apiserver_request_total\{.*resource="nodes".*verb="LIST".*\} \d+$/m);
    expect(await curl('/debug/pprof/', '-o', '/dev/null', '-w', '%{http_code}')).toBe('404');
  });

  it('gets JSON for people, YAML, and a Status', async () => {
    expect(await curl('/api/v1/namespaces/default')).toMatch(/^\{\n {2}"kind": "Namespace",\n/);
    expect(await curl('/api/v1/namespaces/default', '-H', 'Accept: application/yaml')).toMatch(
      /^apiVersion: v1\nkind: Namespace$/m,
    );
    const refusal = await curl('/api/v1/namespaces/none', '-w', '%{http_code}');
    expect(refusal).toMatch(/"reason": "NotFound"[\s\S]*\}\n?404$/);
  });

  it('writes, and watches', async () => {
    const path = '/api/v1/namespaces/default/configmaps';
    const body = '{"metadata":{"name":"curled"},"data":{"a":"1"}}';
    expect(JSON.parse(await curl(path, '-H', 'Content-Type: application/json', '-d', body))).toMatchObject({
      data: { a: '1' },
    });
    const merge = 'Content-Type: application/merge-patch+json';
    await curl(`${path}/curled`, '-X', 'PATCH', '-H', merge, '-d', '{"data":{"b":"2"}}');
    const watched = await curl(`${path}?watch=1&timeoutSeconds=20&fieldSelector=metadata.name%3Dcurled`);
    expect(JSON.parse(watched.split('\n')[0]!)).toMatchObject({ type: 'ADDED', object: { data: { a: '1', b: '2' } } });
    expect(JSON.parse(await curl(`${path}/curled`, '-X', 'DELETE'))).toMatchObject({
      kind: 'Status',
      status: 'Success',
    });
  });
});
