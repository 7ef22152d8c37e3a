import type { Container, Pod, Service } from '../../../api/generated/types.ts';
import { CommandError } from '../../errors/command-error.ts';

/** `8080:http` and its like, with numbers for names. Upstream: kubectl/pkg/cmd/portforward/portforward.go */

export interface ForwardedPort {
  /** 0 for any. */
  local: number;
  readonly remote: number;
}

export function forwardedPorts(words: readonly string[], pod: Pod, service: Service | undefined): ForwardedPort[] {
  if (service) refuseUdp(words, service.spec?.ports ?? [], (name) => servicePort(service, name));
  else {
    const ports = pod.spec.containers.flatMap(({ ports = [] }) => ports);
    refuseUdp(
      words,
      ports.map(({ containerPort, protocol }) => ({ port: containerPort, protocol })),
      (name) => containerPort(pod, name),
    );
  }
  return words.map((word) => parsePort(service ? throughService(word, service, pod) : inPod(word, pod)));
}

function split(word: string): readonly [string, string] {
  const parts = word.split(':');
  return parts.length === 2 ? [parts[0]!, parts[1]!] : [parts[0]!, parts[0]!];
}

const isNumber = (text: string) => /^[+-]?\d+$/.test(text);

function refuseUdp(
  words: readonly string[],
  ports: readonly { readonly port: number; readonly protocol?: string | undefined }[],
  named: (name: string) => number,
): void {
  const of = (protocol: string) => new Set(ports.filter((each) => each.protocol === protocol).map(({ port }) => port));
  const [udp, tcp] = [of('UDP'), of('TCP')];
  for (const word of words) {
    const [, remote] = split(word);
    const port = isNumber(remote) ? Number(remote) : named(remote);
    if (udp.has(port) && !tcp.has(port)) throw new CommandError(`UDP protocol is not supported for ${remote}`);
  }
}

function throughService(word: string, service: Service, pod: Pod): string {
  const [given, remote] = split(word);
  const number = isNumber(remote) ? Number(remote) : servicePort(service, remote);
  const local = !isNumber(remote) && given === remote ? String(number) : given;
  const target = String(targetOf(service, pod, number));
  return local === target ? target : `${local}:${target}`;
}

function inPod(word: string, pod: Pod): string {
  const [local, remote] = split(word);
  if (remote === '') throw new CommandError('remote port cannot be empty');
  const number = isNumber(remote) ? remote : String(containerPort(pod, remote));
  return local === remote ? number : `${local}:${number}`;
}

function servicePort(service: Service, name: string): number {
  const found = service.spec?.ports?.find((port) => port.name === name);
  if (!found) {
    throw new CommandError(`Service '${service.metadata.name}' does not have a named port '${name}'`);
  }
  return found.port;
}

function containerPort(pod: Pod, name: string): number {
  const found = portNamed(pod.spec.containers, name);
  if (found === undefined) throw new CommandError(`Pod '${pod.metadata.name}' does not have a named port '${name}'`);
  return found;
}

function portNamed(containers: readonly Container[], name: string): number | undefined {
  return containers.flatMap(({ ports = [] }) => ports).find((port) => port.name === name)?.containerPort;
}

/** Where a port of a service leads in a pod. Upstream: kubectl/pkg/util/service_port.go */
function targetOf(service: Service, pod: Pod, number: number): number {
  const port = service.spec?.ports?.find((each) => each.port === number);
  if (!port) {
    throw new CommandError(`Service ${service.metadata.name} does not have a service port ${number}`);
  }
  if (service.spec?.clusterIP === 'None') return number;
  const target = port.targetPort ?? number;
  if (typeof target === 'number') return target === 0 ? number : target;
  const found = portNamed(pod.spec.containers, target);
  if (found === undefined) {
    throw new CommandError(`Pod '${pod.metadata.name}' does not have a named port '${target}'`);
  }
  return found;
}

function parsePort(word: string): ForwardedPort {
  const parts = word.split(':');
  if (parts.length > 2) throw new CommandError(`invalid port format '${word}'`);
  const localText = parts.length === 1 ? parts[0]! : parts[0] || '0';
  const remoteText = parts.at(-1)!;
  const local = portNumber('local', localText);
  const remote = portNumber('remote', remoteText);
  if (remote === 0) throw new CommandError('remote port must be > 0');
  return { local, remote };
}

function portNumber(side: string, text: string): number {
  const problem = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65_535 ? 'value out of range' : undefined;
  if (problem === undefined) return Number(text);
  throw new CommandError(
    `error parsing ${side} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${problem}`,
  );
}
