import type { ConfigMap, Namespace } from '../../api/generated/types.ts';
import { ApiError } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import type { RandomStream } from '../../kernel/index.ts';
import { configMaps, namespaces } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';

const name = 'kube-root-ca.crt';
const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const annotations = {
  'kubernetes.io/description':
    'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the ' +
    'internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
};

/**
 * Puts the certificate of the cluster's authority into each namespace, for pods that talk to the API server.
 * Upstream: pkg/controller/certificates/rootcacertpublisher
 * Differs: the certificate only looks like one: nothing inside the cluster speaks TLS.
 */
export function startRootCaCertificateController(context: ComponentContext): void {
  const namespaceCache = context.informers.informer(namespaces);
  const cache = context.informers.informer(configMaps);
  const client = context.client.resource<ConfigMap>(configMaps);
  const data = { 'ca.crt': certificate(context.random.fork('certificate')) };
  const queue = context.queue({ reconcile });
  const add = ({ metadata }: Namespace): void => queue.add(metadata.name);
  const addNamespaceOf = ({ metadata }: ConfigMap): void => {
    if (metadata.name === name) queue.add(metadata.namespace ?? '');
  };
  namespaceCache.onChange({ added: add, updated: add });
  cache.onChange({ updated: addNamespaceOf, deleted: addNamespaceOf });

  function reconcile(namespace: ObjectKey): void {
    const owner = namespaceCache.get(namespace);
    if (!owner || owner.status?.phase === 'Terminating') return;
    const configMap = cache.get(`${namespace}/${name}`);
    try {
      if (!configMap) {
        client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, annotations }, data });
      } else if (configMap.data?.['ca.crt'] !== data['ca.crt'] || Object.keys(configMap.data).length !== 1) {
        client.modify(namespace, name, (fresh) => ({ ...fresh, data }));
      }
    } catch (error) {
      if (!(error instanceof ApiError) || !['AlreadyExists', 'Forbidden', 'NotFound'].includes(error.reason))
        throw error;
    }
  }
}

function certificate(random: RandomStream): string {
  const lines = Array.from({ length: 17 }, (_, at) => random.text(at === 16 ? 44 : 64, base64Alphabet));
  // What every certificate begins with.
  lines[0] = `MIIDBTCCAe2gAwIBAgI${lines[0]!.slice(19)}`;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
