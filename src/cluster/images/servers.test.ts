import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../kernel/index.ts';
import { loopbackNetwork } from '../../shell/test-network.ts';
import { startContainer, type ContainerRig } from './image-rig.ts';

const names = { web: '10.96.0.1', 'web.default.svc.cluster.local.': '10.96.0.1', localhost: '127.0.0.1' };

/** A server and a client on one network and one clock. */
function pair(
  server: string,
  client: string,
  command?: readonly string[],
  options: { environment?: Record<string, string> } = {},
) {
  const network = loopbackNetwork(names);
  const serving = startContainer(server, { network, ...(command && { command }), ...options });
  const asking = startContainer(client, {
    network,
    clock: serving.clock,
    command: client.includes('curl') ? ['sleep', '1000000'] : ['sh', '-c', 'sleep 1000000'],
    prepare: (files) =>
      files.write(
        '/etc/resolv.conf',
        encodeUtf8('search default.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n'),
      ),
  });
  return { serving, asking };
}

describe('busybox against nginx', () => {
  const { asking } = pair('nginx', 'busybox');
  it.each<[string, string, Partial<ReturnType<ContainerRig['exec']>>]>([
    [
      'fetches quietly',
      'wget -qO- http://web | grep title',
      { stdout: '<title>Welcome to nginx!</title>\n', stderr: '', code: 0 },
    ],
    [
      'talks when it is not quiet',
      'wget -O /dev/null http://web',
      {
        stderr: expect.stringContaining("Connecting to web (10.96.0.1:80)\nsaving to '/dev/null'\n") as string,
        code: 0,
      },
    ],
    [
      'names an HTTP error',
      'wget -qO- http://web/nope',
      { stdout: '', stderr: 'wget: server returned error: HTTP/1.1 404 Not Found\n', code: 1 },
    ],
    ['names an unknown host', 'wget -qO- http://nosuch', { stderr: "wget: bad address 'nosuch'\n", code: 1 }],
    [
      'names a closed port',
      'wget -qO- http://web:81',
      { stderr: "wget: can't connect to remote host (10.96.0.1): Connection refused\n", code: 1 },
    ],
    [
      'shows headers',
      'wget -S --spider http://web 2>&1 | head -2',
      { stdout: 'Connecting to web (10.96.0.1:80)\n  HTTP/1.1 200 OK\n' },
    ],
    [
      'saves under the name of the page',
      'cd /tmp; wget -q http://web; ls; wget -q http://web',
      { stdout: 'index.html\n', stderr: "wget: can't open 'index.html': File exists\n", code: 1 },
    ],
    [
      'looks at a port',
      'nc -zv web 80; nc -zv web 81',
      { stderr: 'web (10.96.0.1:80) open\nnc: web (10.96.0.1:81): Connection refused\n', code: 1 },
    ],
    [
      'speaks HTTP by hand',
      "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc web 80 | head -1 | tr -d '\\r'",
      { stdout: 'HTTP/1.1 200 OK\n' },
    ],
    [
      'looks up a name',
      'nslookup web',
      {
        stdout:
          'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.96.0.1\n\n',
        code: 0,
      },
    ],
    [
      'misses a name',
      'nslookup nope',
      { stdout: "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find nope: NXDOMAIN\n\n", code: 1 },
    ],
    ['pings', 'ping -c1 web | head -1', { stdout: 'PING web (10.96.0.1): 56 data bytes\n' }],
    [
      'shows its processes',
      'ps | head -2',
      {
        stdout: expect.stringMatching(/^PID {3}USER {5}TIME {2}COMMAND\n {4}1 root {6}0:00 sleep 1000000\n$/) as string,
      },
    ],
    ['does not know a command', 'nosuch', { stderr: 'sh: nosuch: not found\n', code: 127 }],
    [
      'complains about a directory',
      'cd /nope',
      { stderr: "sh: cd: line 1: can't cd to /nope: No such file or directory\n", code: 1 },
    ],
    [
      'complains about syntax',
      'if true; then',
      { stderr: 'sh: syntax error: unexpected end of file (expecting "fi")\n', code: 2 },
    ],
  ])('%s', (_name, script, expected) => {
    expect(asking.exec('sh', '-c', script)).toMatchObject(expected);
  });
});

describe('curl', () => {
  const { asking } = pair('nginx', 'curlimages/curl');
  it.each<[string, string[], Partial<ReturnType<ContainerRig['exec']>>]>([
    [
      'fetches',
      ['-s', 'http://web'],
      { stdout: expect.stringContaining('Welcome to nginx!') as string, stderr: '', code: 0 },
    ],
    [
      'writes out what it is asked',
      ['-s', '-o', '/dev/null', '-w', '%{http_code} %{size_download}\\n', 'web'],
      { stdout: expect.stringMatching(/^200 \d+\n$/) as string },
    ],
    [
      'asks for the head',
      ['-sI', 'http://web'],
      { stdout: expect.stringMatching(/^HTTP\/1\.1 200 OK\r\nServer: nginx/) as string },
    ],
    [
      'fails on an error when asked to',
      ['-f', '-sS', 'http://web/nope'],
      { stdout: '', stderr: 'curl: (22) The requested URL returned error: 404\n', code: 22 },
    ],
    ['names an unknown host', ['http://nosuch'], { stderr: 'curl: (6) Could not resolve host: nosuch\n', code: 6 }],
    [
      'names a closed port',
      ['-sS', 'http://web:81'],
      { stderr: 'curl: (7) Failed to connect to web port 81 after 0 ms: Could not connect to server\n', code: 7 },
    ],
    ['is silent when asked to', ['-s', 'http://web:81'], { stdout: '', stderr: '', code: 7 }],
    [
      'shows its meter',
      ['-o', '/dev/null', 'http://web'],
      { stderr: expect.stringContaining('% Total    % Received') as string },
    ],
    ['refuses what it does not speak', ['ftp://web'], { stderr: 'curl: (1) Protocol "ftp" not supported\n', code: 1 }],
  ])('%s', (_name, args, expected) => {
    expect(asking.exec('curl', ...args)).toMatchObject(expected);
  });
});

describe('httpd', () => {
  it('serves, logs and stops', () => {
    const { serving, asking } = pair('httpd', 'busybox');
    expect(asking.exec('wget', '-qO-', 'http://web')).toMatchObject({
      stdout: '<html><body><h1>It works!</h1></body></html>\n',
    });
    expect(asking.exec('wget', '-qO-', 'http://web/nope').stderr).toBe(
      'wget: server returned error: HTTP/1.1 404 Not Found\n',
    );
    expect(serving.logs.stdout).toMatch(
      /^10\.244\.0\.9 - - \[15\/Jan\/2026:10:30:\d\d \+0000\] "GET \/ HTTP\/1\.1" 200 45\n/,
    );
    expect(serving.logs.stderr).toContain("AH00094: Command line: 'httpd -D FOREGROUND'\n");
    serving.main.signal('SIGTERM');
    serving.clock.runFor(1000);
    expect(serving.main.exit).toEqual({ code: 0 });
    expect(serving.logs.stderr).toContain('AH00491: caught SIGTERM, shutting down\n');
  });
});

describe('redis', () => {
  const { serving, asking } = pair('redis:7', 'redis');
  it.each<[string, string]>([
    ['PING', 'PONG\n'],
    ['SET a 1', 'OK\n'],
    ['GET a', '1\n'],
    ['INCR a', '2\n'],
    ['GET nope', '\n'],
    ['LPUSH l x y z', '3\n'],
    ['LRANGE l 0 -1', 'z\ny\nx\n'],
    ['LREM l 1 y', '1\n'],
    ['RPOP l', 'x\n'],
    ['HSET h f v', '1\n'],
    ['HGETALL h', 'f\nv\n'],
    ['INCR h', 'WRONGTYPE Operation against a key holding the wrong kind of value\n\n'],
    ['SADD s 1 2 2', '2\n'],
    ['KEYS *', 'a\nl\nh\ns\n'],
    ['EXPIRE a 10', '1\n'],
    ['TTL a', '10\n'],
    ['DEL l h nope', '2\n'],
    ['NOSUCH x', "ERR unknown command 'NOSUCH', with args beginning with: 'x' \n\n"],
    ['GET', "ERR wrong number of arguments for 'get' command\n\n"],
  ])('%s', (command, stdout) => {
    expect(asking.exec('redis-cli', '-h', 'web', ...command.split(' ')).stdout).toBe(stdout);
  });

  it('forgets what has expired, keeps the rest over a restart, and says goodbye', () => {
    serving.clock.runFor(11_000);
    expect(asking.exec('redis-cli', '-h', 'web', 'EXISTS', 'a').stdout).toBe('0\n');
    expect(serving.logs.stdout).toContain('Ready to accept connections');
    asking.exec('redis-cli', '-h', 'web', 'SET', 'kept', 'yes');
    serving.main.signal('SIGTERM');
    serving.clock.runFor(1000);
    expect(serving.main.exit).toEqual({ code: 0 });
    expect(serving.logs.stdout).toContain('Redis is now ready to exit, bye bye...\n');
    expect(asking.exec('redis-cli', '-h', 'web', 'PING')).toMatchObject({
      code: 1,
      stderr: 'Could not connect to Redis at web:6379: Connection refused\n',
    });
  });
});

describe('small servers', () => {
  it('http-echo echoes its text', () => {
    const { serving, asking } = pair('hashicorp/http-echo', 'busybox', ['/http-echo', '-text=hello', '-listen=:80']);
    expect(asking.exec('wget', '-qO-', 'http://web').stdout).toBe('hello\n');
    expect(serving.logs.stdout).toContain('[INFO] server is listening on :80\n');
  });

  it('agnhost answers, exits when asked to', () => {
    const { serving, asking } = pair('registry.k8s.io/e2e-test-images/agnhost:2.57', 'busybox', [
      '/agnhost',
      'netexec',
      '--http-port=80',
    ]);
    expect(asking.exec('wget', '-qO-', 'http://web/hostname').stdout).toBe('web-1');
    expect(asking.exec('wget', '-qO-', 'http://web/echo?msg=hi').stdout).toBe('hi');
    asking.exec('wget', '-qO-', 'http://web/exit?code=3');
    serving.clock.runFor(1000);
    expect(serving.main.exit).toEqual({ code: 3 });
  });

  it('an opaque image listens, logs, and has no shell', () => {
    const { serving, asking } = pair('ghcr.io/acme/api:v2', 'busybox');
    expect(asking.exec('wget', '-qO-', 'http://web:8080/x').stdout).toBe('api on web-1: GET /x\n');
    expect(serving.logs.stdout).toContain('10.244.0.9 GET /x 200\n');
    expect(serving.machine.loadProgram('/bin/sh')).toBeUndefined();
    serving.main.signal('SIGTERM');
    serving.clock.runFor(1000);
    expect(serving.main.exit).toEqual({ code: 0 });
  });

  it('busybox without a terminal ends at once; a script with a trap ends on SIGTERM', () => {
    expect(startContainer('busybox', { network: loopbackNetwork() }).main.exit).toEqual({ code: 0 });
    const rig = startContainer('busybox', {
      network: loopbackNetwork(),
      command: ['sh', '-c', 'trap "echo bye; exit 0" TERM; while true; do echo tick; sleep 1; done'],
    });
    rig.clock.runFor(2500);
    rig.main.signal('SIGTERM');
    rig.clock.runFor(2000);
    expect(rig.main.exit).toEqual({ code: 0 });
    expect(rig.logs.stdout).toBe('tick\ntick\ntick\nbye\n');
  });

  it('sleep as process 1 does not hear SIGTERM', () => {
    const rig = startContainer('busybox', { network: loopbackNetwork(), command: ['sleep', '3600'] });
    rig.main.signal('SIGTERM');
    rig.clock.runFor(1000);
    expect(rig.main.exit).toBeUndefined();
  });

  it('redis refuses commands without the password', () => {
    const { asking } = pair('redis', 'redis', ['redis-server', '--requirepass', 'secret']);
    expect(asking.exec('redis-cli', '-h', 'web', 'PING').stdout).toBe('NOAUTH Authentication required.\n\n');
    expect(asking.exec('redis-cli', '-h', 'web', '-a', 'secret', 'PING').stdout).toBe('PONG\n');
  });
});
