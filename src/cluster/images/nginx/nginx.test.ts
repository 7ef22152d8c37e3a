import { describe, expect, it } from 'vitest';
import { encodeUtf8, type Routine } from '../../../kernel/index.ts';
import {
  bodyText,
  ByteReader,
  HttpHeaders,
  readResponse,
  requestBytes,
  type HttpResponse,
} from '../../../shell/index.ts';
import { loopbackNetwork } from '../../../shell/test-network.ts';
import { startContainer, type ContainerRig } from '../image-rig.ts';

function get(rig: ContainerRig, target: string, headers: readonly [string, string][] = [], port = 80): HttpResponse {
  let response: HttpResponse | string = 'none';
  rig.machine.processes.spawn({
    argv: ['client'],
    *body(): Routine<number> {
      const connection = yield* rig.machine.network.connect('10.244.0.5', port);
      if (typeof connection === 'string') throw new Error(connection);
      const request = {
        method: 'GET',
        target,
        version: 'HTTP/1.1',
        headers: new HttpHeaders([['Host', 'web'], ...headers]),
        body: new Uint8Array(0),
      };
      yield* connection.write(requestBytes(request));
      response = yield* readResponse(new ByteReader(connection), 'GET');
      connection.close();
      return 0;
    },
  });
  rig.clock.runFor(1000);
  if (typeof response === 'string') throw new Error(response);
  return response;
}

describe('nginx', () => {
  it('serves its welcome page, logs the request and stops gracefully', () => {
    const rig = startContainer('nginx:1.27', { network: loopbackNetwork() });
    expect(rig.logs.stdout).toContain('Configuration complete; ready for start up\n');
    expect(rig.logs.stderr).toContain('2026/01/15 10:30:00 [notice] 1#1: nginx/1.27.5\n');
    const response = get(rig, '/', [['User-Agent', 'test/1']]);
    expect(response.status).toBe(200);
    expect(bodyText(response)).toContain('<title>Welcome to nginx!</title>');
    expect(response.headers.get('server')).toBe('nginx/1.27.5');
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(rig.logs.stdout).toMatch(
      /10\.244\.0\.9 - - \[15\/Jan\/2026:10:30:00 \+0000\] "GET \/ HTTP\/1\.1" 200 \d+ "-" "test\/1" "-"\n$/,
    );
    rig.main.signal('SIGQUIT');
    rig.clock.runFor(1000);
    expect(rig.main.exit).toEqual({ code: 0 });
  });

  it('says 404, in its own words and in its error log', () => {
    const rig = startContainer('nginx:1.14.2', { network: loopbackNetwork() });
    expect(rig.logs).toEqual({ stdout: '', stderr: '' });
    const response = get(rig, '/nope');
    expect(response.status).toBe(404);
    expect(bodyText(response)).toContain('<center>nginx/1.14.2</center>');
    expect(rig.logs.stderr).toContain(
      'open() "/usr/share/nginx/html/nope" failed (2: No such file or directory), client: 10.244.0.9, server: localhost, request: "GET /nope HTTP/1.1", host: "web"',
    );
    rig.main.signal('SIGTERM');
    rig.clock.runFor(1000);
    expect(rig.main.exit).toEqual({ code: 0 });
  });

  it('follows its configuration', () => {
    const site = `server { listen 8080; server_name a; return 200 "hello $remote_addr\\n"; }
      server { listen 80; root /srv; autoindex on; location /old { return 301 /new; } location = /ping { default_type text/plain; return 200 pong; }
        location /app { try_files $uri /index.html; } location ~ \\.secret$ { deny all; } add_header X-Served-By $hostname; }`;
    const rig = startContainer('nginx', {
      network: loopbackNetwork(),
      prepare(files) {
        files.write('/etc/nginx/conf.d/default.conf', encodeUtf8(site));
        files.write('/srv/index.html', encodeUtf8('index'));
        files.makeDirectory('/srv/sub');
        files.write('/srv/sub/x.secret', encodeUtf8('x'));
      },
    });
    expect(bodyText(get(rig, '/', [], 8080))).toBe('hello 10.244.0.9\\n');
    expect(bodyText(get(rig, '/ping'))).toBe('pong');
    expect(get(rig, '/old/x').headers.get('location')).toBe('/new');
    expect(bodyText(get(rig, '/app/route'))).toBe('index');
    expect(get(rig, '/sub').status).toBe(301);
    expect(bodyText(get(rig, '/sub/'))).toContain('<a href="x.secret">x.secret</a>');
    expect(get(rig, '/sub/x.secret').status).toBe(403);
    expect(get(rig, '/../../etc/passwd').status).toBe(400);
  });

  it('reloads, and keeps the old configuration when the new one is wrong', () => {
    const rig = startContainer('nginx', { network: loopbackNetwork() });
    const put = (text: string) => rig.files.write('/etc/nginx/conf.d/default.conf', encodeUtf8(text));
    put('server { listen 80; return 200 second; }');
    expect(rig.exec('nginx', '-s', 'reload').code).toBe(0);
    rig.clock.runFor(1000);
    expect(bodyText(get(rig, '/'))).toBe('second');
    put('server { listen 80; retrun 200 third; }');
    expect(rig.exec('nginx', '-t')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'nginx: [emerg] unknown directive "retrun" in /etc/nginx/conf.d/default.conf:1\nnginx: configuration file /etc/nginx/nginx.conf test failed\n',
      ),
    });
    rig.exec('nginx', '-s', 'reload');
    rig.clock.runFor(1000);
    expect(bodyText(get(rig, '/'))).toBe('second');
  });

  it.each([
    ['a wrong configuration', 'server { listen 80 }', false, 'unexpected "}" in /etc/nginx/conf.d/default.conf:1'],
    ['a read-only root', undefined, true, 'mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)'],
  ])('refuses to start with %s', (_name, site, readOnly, message) => {
    const rig = startContainer('nginx', {
      network: loopbackNetwork(),
      readOnly,
      prepare: (files) => site !== undefined && files.write('/etc/nginx/conf.d/default.conf', encodeUtf8(site)),
    });
    expect(rig.main.exit).toEqual({ code: 1 });
    expect(rig.logs.stderr).toContain(`nginx: [emerg] ${message}\n`);
  });

  it('replaces a worker that was killed', () => {
    const rig = startContainer('nginx', { network: loopbackNetwork() });
    const worker = rig.machine.processes.list().find(({ argv }) => argv[0] === 'nginx: worker process')!;
    worker.signal('SIGKILL');
    rig.clock.runFor(1000);
    expect(rig.logs.stderr).toContain(`[alert] 1#1: worker process ${worker.pid} exited on signal 9\n`);
    expect(get(rig, '/').status).toBe(200);
  });
});
