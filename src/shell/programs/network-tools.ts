import { decodeUtf8, sleep, type Routine } from '../../kernel/index.ts';
import { dial } from '../http/exchange.ts';
import { TaskGroup } from '../io/task-group.ts';
import { withTimeout } from '../io/with-timeout.ts';
import type { Connection } from '../program.ts';
import { connectErrors } from './network-words.ts';
import { parseOptions, UsageError } from './options.ts';
import { linesOf, type Tool } from './tool.ts';

interface ResolverConfig {
  readonly server: string;
  readonly search: readonly string[];
  readonly ndots: number;
}

function resolverConfig(tool: Tool): ResolverConfig {
  const path = '/etc/resolv.conf';
  const lines = tool.files.stat(path) ? linesOf(decodeUtf8(tool.files.read(path))) : [];
  const valueOf = (name: string): string | undefined =>
    lines
      .findLast((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1)
      .trim();
  return {
    server: valueOf('nameserver') ?? '127.0.0.1',
    search: valueOf('search')?.split(/\s+/) ?? [],
    ndots: Number(/ndots:(\d+)/.exec(valueOf('options') ?? '')?.[1] ?? 1),
  };
}

/**
 * `nslookup`, in BusyBox's words.
 * Differs: stops at the first name of the search list that exists; BusyBox goes on and reports the others as missing.
 */
export function* nslookup(tool: Tool): Routine<number> {
  const operands = tool.args.filter((arg) => !arg.startsWith('-'));
  const [name] = operands;
  if (name === undefined) throw new UsageError('Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]');
  const { server, search, ndots } = resolverConfig(tool);
  const asked = operands[1] ?? server;
  const dots = name.split('.').length - 1;
  const absolute = name.replace(/\.$/, '');
  const isAbsolute = name.endsWith('.');
  const searched = isAbsolute ? [] : search.map((domain) => `${absolute}.${domain}`);
  const candidates = dots >= ndots ? [absolute, ...searched] : [...searched, absolute];
  yield* tool.print(`Server:\t\t${asked}\nAddress:\t${asked}:53\n\n`);
  for (const candidate of candidates) {
    const addresses = yield* tool.machine.network.resolve(`${candidate}.`);
    if (addresses === 'TIMEOUT' || addresses === 'SERVFAIL') {
      yield* tool.print(
        addresses === 'TIMEOUT'
          ? ';; connection timed out; no servers could be reached\n\n'
          : `** server can't find ${candidate}: SERVFAIL\n\n`,
      );
      return 1;
    }
    if (typeof addresses === 'string') continue;
    yield* tool.print(`${addresses.map((address) => `Name:\t${candidate}\nAddress: ${address}\n`).join('')}\n`);
    return 0;
  }
  yield* tool.print(`** server can't find ${candidates.at(-1)}: NXDOMAIN\n\n`);
  return 1;
}

/** `nc`: listens, connects, or only looks whether a port is open. */
export function* nc(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'lzvnkuN46', valued: 'pwse' });
  const [host, portText] = options.operands;
  const seconds = options.number('w');
  if (options.has('l')) {
    const port = options.number('p') ?? Number(portText ?? host);
    return yield* listen(tool, port, options.has('v'), options.has('k'));
  }
  if (host === undefined || portText === undefined)
    throw new UsageError(tool.isGnu ? 'missing port number' : 'Usage: nc [OPTIONS] HOST PORT  - connect');
  const [from, to = from] = portText.split('-').map(Number) as [number, number?];
  let status = 1;
  for (let port = from; port <= to; port++) {
    const result = yield* connectTo(tool, host, port, seconds, {
      isVerbose: options.has('v'),
      onlyLooks: options.has('z'),
    });
    if (result === 0) status = 0;
  }
  return status;
}

function* connectTo(
  tool: Tool,
  host: string,
  port: number,
  seconds: number | undefined,
  { isVerbose, onlyLooks }: { readonly isVerbose: boolean; readonly onlyLooks: boolean },
): Routine<number> {
  const dialled = yield* dial(tool.machine.network, host, port, seconds === undefined ? undefined : seconds * 1000);
  if (dialled.kind === 'unresolved') {
    yield* tool.complain(
      tool.isGnu ? `getaddrinfo for host "${host}" port ${port}: Name or service not known` : `bad address '${host}'`,
    );
    return 1;
  }
  if (dialled.kind === 'failed') {
    const reason = connectErrors[dialled.error];
    if (tool.isGnu) {
      if (isVerbose)
        yield* tool.complain(`connect to ${host} (${dialled.address}) port ${port} (tcp) failed: ${reason}`);
    } else if (!onlyLooks || isVerbose)
      yield* tool.complain(
        dialled.error === 'ETIMEDOUT' && seconds !== undefined
          ? 'timed out'
          : `${host} (${dialled.address}:${port}): ${reason}`,
      );
    return 1;
  }
  if (isVerbose) {
    const text = tool.isGnu
      ? `Connection to ${host} (${dialled.address}) ${port} port [tcp/*] succeeded!\n`
      : `${host} (${dialled.address}:${port}) open\n`;
    yield* tool.printError(text);
  }
  if (onlyLooks) {
    dialled.connection.close();
    return 0;
  }
  const converse = relay(tool, dialled.connection);
  if (seconds === undefined) yield* converse;
  else yield* withTimeout(tool.machine.processes.turns, seconds * 1000, converse);
  return 0;
}

/** Standard input to the peer, the peer to standard output, until the peer is done. */
function* relay(tool: Tool, connection: Connection): Routine<void> {
  const group = new TaskGroup();
  const sender = group.add(
    (function* () {
      const { stdin } = tool.context;
      for (let bytes = yield* stdin.read(); bytes; bytes = yield* stdin.read()) yield* connection.write(bytes);
      connection.shutdown();
    })(),
  );
  group.add(
    (function* () {
      for (let bytes = yield* connection.read(); bytes; bytes = yield* connection.read()) yield* tool.write(bytes);
      sender.stop();
    })(),
  );
  try {
    yield* group.run();
  } finally {
    connection.close();
  }
}

function* listen(tool: Tool, port: number, isVerbose: boolean, staysOpen: boolean): Routine<number> {
  const listener = tool.machine.network.listen(port);
  if (typeof listener === 'string') {
    const reason =
      listener === 'EACCES' ? 'Permission denied' : tool.isGnu ? 'Address already in use' : 'Address in use';
    yield* tool.complain(tool.isGnu ? reason : `bind: ${reason}`);
    return 1;
  }
  if (isVerbose)
    yield* tool.printError(tool.isGnu ? `Listening on 0.0.0.0 ${port}\n` : `listening on [::]:${port} ...\n`);
  try {
    do {
      const connection = yield* listener.accept();
      if (!connection) return 1;
      if (isVerbose)
        yield* tool.printError(`Connection received on ${connection.remoteAddress} ${connection.remotePort}\n`);
      yield* relay(tool, connection);
    } while (staysOpen);
  } finally {
    listener.close();
  }
  return 0;
}

const probePort = 7;

/**
 * `ping`.
 * Differs: ICMP is not modelled; whether a host is there is found out by trying a TCP connection, which a living host
 * accepts or refuses.
 */
export function* ping(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'qnv46', valued: 'cwWistI' });
  const [host] = options.operands;
  if (host === undefined)
    throw new UsageError(tool.isGnu ? 'usage error: Destination address required' : 'Usage: ping [OPTIONS] HOST', 2);
  const { network, processes } = tool.machine;
  const addresses = /^\d+\.\d+\.\d+\.\d+$/.test(host) ? [host] : yield* network.resolve(host);
  if (typeof addresses === 'string') {
    yield* tool.complain(tool.isGnu ? `${host}: Name or service not known` : `bad address '${host}'`);
    return tool.isGnu ? 2 : 1;
  }
  const [address] = addresses;
  yield* tool.print(
    tool.isGnu ? `PING ${host} (${address}) 56(84) bytes of data.\n` : `PING ${host} (${address}): 56 data bytes\n`,
  );
  const statistics = { sent: 0, received: 0, times: [] as number[] };
  const report = function* (): Routine<void> {
    yield* tool.print(pingSummary(tool.isGnu, host, statistics));
  };
  let isInterrupted = false;
  tool.context.process.handle('SIGINT', () => (isInterrupted = true));
  const count = options.number('c') ?? Number.POSITIVE_INFINITY;
  for (let sequence = 0; sequence < count && !isInterrupted; sequence++) {
    if (sequence > 0) yield* sleep(processes.turns, (options.number('i') ?? 1) * 1000);
    const startMs = tool.nowMs;
    statistics.sent++;
    const answer = yield* network.connect(address!, probePort, { timeoutMs: (options.number('W') ?? 1) * 1000 });
    if (typeof answer !== 'string') answer.close();
    if (typeof answer === 'string' && answer !== 'ECONNREFUSED' && answer !== 'ECONNRESET') continue;
    const tookMs = Math.max(0.05, tool.nowMs - startMs);
    statistics.received++;
    statistics.times.push(tookMs);
    if (!options.has('q')) {
      yield* tool.print(
        `64 bytes from ${address}: ${tool.isGnu ? 'icmp_' : ''}seq=${tool.isGnu ? sequence + 1 : sequence} ttl=64 time=${tookMs.toFixed(3)} ms\n`,
      );
    }
  }
  yield* report();
  return statistics.received > 0 ? 0 : 1;
}

function pingSummary(
  isGnu: boolean,
  host: string,
  { sent, received, times }: { sent: number; received: number; times: readonly number[] },
): string {
  const loss = Math.round(((sent - received) / Math.max(1, sent)) * 100);
  const head = `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} ${isGnu ? '' : 'packets '}received, ${loss}% packet loss\n`;
  if (times.length === 0) return head;
  const average = times.reduce((sum, time) => sum + time, 0) / times.length;
  const numbers = [Math.min(...times), average, Math.max(...times)].map((time) => time.toFixed(3)).join('/');
  return `${head}${isGnu ? 'rtt' : 'round-trip'} min/avg/max = ${numbers} ms\n`;
}

/** `ip addr`, `ip a`, `ip -4 addr`: the addresses of the machine. */
export function* ip(tool: Tool): Routine<number> {
  const words = tool.args.filter((arg) => !arg.startsWith('-'));
  const what = words[0] ?? '';
  if (!/^a(?:d(?:d(?:r(?:e(?:s(?:s)?)?)?)?)?)?$/.test(what)) {
    yield* tool.printError(
      what === '' ? 'Usage: ip [OPTIONS] address\n' : `Object "${what}" is unknown, try "ip help".\n`,
    );
    return 1;
  }
  yield* tool.print(
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n',
  );
  for (const [index, address] of tool.machine.network.addresses.filter((each) => each !== '127.0.0.1').entries()) {
    const hardware = address
      .split('.')
      .map((part) => Number(part).toString(16).padStart(2, '0'))
      .join(':');
    yield* tool.print(
      `${index + 2}: eth${index}@if${index + 3}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue\n    link/ether 0a:58:${hardware} brd ff:ff:ff:ff:ff:ff\n    inet ${address}/24 scope global eth${index}\n       valid_lft forever preferred_lft forever\n`,
    );
  }
  return 0;
}
