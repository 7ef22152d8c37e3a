import type { Node } from '../../api/generated/types.ts';
import type { KubeApi } from '../../client/index.ts';
import { decodeUtf8, waitFor, type Routine } from '../../kernel/index.ts';
import {
  FileError,
  type ConnectErrno,
  type Connection,
  type FileSystem,
  type NetworkStack,
  type ResolveError,
} from '../../shell/index.ts';
import type { ClusterTime } from '../time/cluster-time.ts';
import { dial } from './dial.ts';
import { Loopback } from './loopback.ts';

/** Where the workstation is: on the network of the nodes, as the host of a kind cluster is. */
const address = '172.18.0.1';

export interface WorkstationNetworkOptions {
  readonly api: KubeApi;
  readonly time: ClusterTime;
  /** For `/etc/hosts`. */
  readonly files: FileSystem;
}

/**
 * The learner's network: itself, and through `/sim/dial` what can be reached of the cluster from outside (nodes, node
 * ports, load balancers). It knows the names of the nodes, but not the cluster's DNS, as in life.
 */
export function workstationNetwork({ api, time, files }: WorkstationNetworkOptions): NetworkStack {
  const loopback = new Loopback();
  return {
    addresses: [address],
    *resolve(name) {
      if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name.includes(':')) return [name];
      const known = addressesInHosts(files, name);
      return known.length > 0 ? known : yield* addressOfNode(api, name);
    },
    *connect(host, port, { timeoutMs } = {}) {
      if (host.startsWith('127.') || host === '::1' || host === '0.0.0.0' || host === address) {
        return loopback.connect(host, port);
      }
      const localPort = loopback.ephemeralPort();
      const addresses = { localAddress: address, localPort, remoteAddress: host, remotePort: port };
      return yield* waitFor<Connection | ConnectErrno>((resume) => {
        const controller = new AbortController();
        const giveUp = (errno: ConnectErrno) => {
          controller.abort();
          resume(errno);
        };
        if (timeoutMs !== undefined) {
          time.sleep(timeoutMs, controller.signal).then(
            () => giveUp('ETIMEDOUT'),
            () => undefined,
          );
        }
        dial(api, addresses, controller.signal).then(resume, () => giveUp('ENETUNREACH'));
        return () => controller.abort();
      });
    },
    listen: (port, at) => (port > 0 && port < 1024 ? 'EACCES' : loopback.listen(port, at)),
  };
}

function addressesInHosts(files: FileSystem, name: string): readonly string[] {
  try {
    return decodeUtf8(files.read('/etc/hosts'))
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
      .flatMap(([ip, ...names]) => (ip && names.includes(name) ? [ip] : []));
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

function* addressOfNode(api: KubeApi, name: string): Routine<readonly string[] | ResolveError> {
  return yield* waitFor<readonly string[] | ResolveError>((resume) => {
    nodeAddresses(api, name).then(
      (found) => resume(found.length > 0 ? found : 'NXDOMAIN'),
      () => resume('SERVFAIL'),
    );
  });
}

async function nodeAddresses(api: KubeApi, name: string): Promise<readonly string[]> {
  const response = await api.fetch(new Request(`http://cluster.local/api/v1/nodes/${encodeURIComponent(name)}`));
  if (!response.ok) return [];
  const node = (await response.json()) as Node;
  return (node.status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map((entry) => entry.address);
}
