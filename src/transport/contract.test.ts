import { afterAll, describe, expect, it } from 'vitest';
import { ConnectError, readLines, type KubeApi } from '../client/index.ts';
import { apiOverPort, exposeApi } from './index.ts';

/** A server that does each thing the seam can do once. */
const server: KubeApi & { cancelled: number } = {
  cancelled: 0,
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/echo') {
      const body = await request.text();
      const headers = { 'x-method': request.method, 'x-agent': request.headers.get('user-agent') ?? '' };
      return new Response(`${searchParams.get('q')}:${body}`, { status: 201, headers });
    }
    if (pathname === '/fails') throw new Error('broken pipe');
    if (pathname === '/empty') return new Response(null, { status: 204 });
    let count = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          controller.enqueue(new TextEncoder().encode(`${++count}\n`));
          return new Promise((resolve) => setTimeout(resolve, 1));
        },
        cancel: () => void this.cancelled++,
      },
      { highWaterMark: 0 },
    );
    return new Response(body);
  },
  async connect(request) {
    if (new URL(request.url).pathname === '/refused')
      throw new ConnectError(Response.json({ reason: 'Forbidden' }, { status: 403 }));
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => controller.enqueue(bytes.map((byte) => byte + 1)),
    });
    return { readable, writable };
  },
};

const { port1, port2 } = new MessageChannel();
exposeApi(port2, server);
afterAll(() => port1.close());

const transports: readonly (readonly [string, KubeApi])[] = [
  ['a direct call', server],
  ['a message port', apiOverPort(port1)],
];

const url = (path: string) => new URL(path, 'http://cluster.local');

describe.each(transports)('KubeApi over %s', (_, api) => {
  it('carries method, query, headers, body and status', async () => {
    const request = new Request(url('/echo?q=a%20b'), {
      method: 'POST',
      body: 'grüße',
      headers: { 'user-agent': 'test' },
    });
    const response = await api.fetch(request);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-method')).toBe('POST');
    expect(await response.text()).toBe('a b:grüße');
  });

  it('answers without a body', async () => {
    const response = await api.fetch(new Request(url('/empty')));
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it('rejects when the server breaks', async () => {
    await expect(api.fetch(new Request(url('/fails')))).rejects.toThrow('broken pipe');
  });

  it('streams lines until the client has enough, and tells the server', async () => {
    const before = server.cancelled;
    const response = await api.fetch(new Request(url('/stream')));
    const lines: string[] = [];
    for await (const line of readLines(response.body!)) {
      lines.push(line);
      if (lines.length === 3) break;
    }
    expect(lines).toEqual(['1', '2', '3']);
    await expect.poll(() => server.cancelled).toBe(before + 1);
  });

  it('connects both ways, one chunk per message', async () => {
    const { readable, writable } = await api.connect(new Request(url('/exec')));
    const writer = writable.getWriter();
    const reader = readable.getReader();
    void writer.write(new Uint8Array([1, 2]));
    expect([...(await reader.read()).value!]).toEqual([2, 3]);
    void writer.write(new Uint8Array([255]));
    expect([...(await reader.read()).value!]).toEqual([0]);
    void writer.close();
    expect((await reader.read()).done).toBe(true);
  });

  it('hands on a refusal with its body', async () => {
    const refusal = await api.connect(new Request(url('/refused'))).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ConnectError);
    const { response } = refusal as ConnectError;
    expect([response.status, await response.json()]).toEqual([403, { reason: 'Forbidden' }]);
  });
});
