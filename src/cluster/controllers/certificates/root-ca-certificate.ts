import type { ConfigMap, Namespace } from '../../../api/generated/types.ts';
import { ApiError } from '../../../api/index.ts';
import type { ObjectKey } from '../../../api/index.ts';
import { configMaps, namespaces } from '../../apiserver/registry/index.ts';
import type { ComponentContext } from '../../informers/component-context.ts';
import type { CertificateAuthority } from '../../pki/certificate-authority.ts';
import { cryptography } from '../../pki/cryptography.ts';

const name = 'kube-root-ca.crt';
const annotations = {
  'kubernetes.io/description':
    'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the ' +
    'internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
};

/**
 * Puts the certificate of the cluster's authority into each namespace, for pods that talk to the API server.
 * Upstream: pkg/controller/certificates/rootcacertpublisher
 */
export function startRootCaCertificateController(context: ComponentContext, authority: CertificateAuthority): void {
  const namespaceCache = context.informers.informer(namespaces);
  const cache = context.informers.informer(configMaps);
  const client = context.client.resource<ConfigMap>(configMaps);
  const queue = context.queue({ reconcile });
  const add = ({ metadata }: Namespace): void => {
    context.clock.awaitCode(cryptography);
    queue.add(metadata.name);
  };
  const addNamespaceOf = ({ metadata }: ConfigMap): void => {
    if (metadata.name !== name) return;
    context.clock.awaitCode(cryptography);
    queue.add(metadata.namespace ?? '');
  };
  namespaceCache.onChange({ added: add, updated: add });
  cache.onChange({ updated: addNamespaceOf, deleted: addNamespaceOf });

  function reconcile(namespace: ObjectKey): void {
    const owner = namespaceCache.get(namespace);
    if (!owner || owner.status?.phase === 'Terminating') return;
    const data = { 'ca.crt': authority.certificatePem };
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
