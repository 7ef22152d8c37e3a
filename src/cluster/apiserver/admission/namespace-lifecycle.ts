import { ApiError, forbidden, notFound, type KubeObject } from '../../../api/index.ts';
import type { Namespace } from '../../../api/generated/types.ts';
import type { Collection } from '../../store/index.ts';
import type { AdmissionPlugin, Attributes } from './admission.ts';
import { refuse } from './refusal.ts';

const immortal = new Set(['default', 'kube-system', 'kube-public']);

/**
 * Nothing is created in a namespace that does not exist or is going, and some namespaces stay.
 * Upstream: apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go
 */
export function namespaceLifecycle(namespaces: Collection<Namespace>): AdmissionPlugin {
  const check = (attributes: Attributes): void => {
    const { definition, operation, namespace, name } = attributes;
    if (definition.resource === 'namespaces') {
      if (operation === 'DELETE' && immortal.has(name)) {
        throw forbidden(definition, name, 'this namespace may not be deleted');
      }
      return;
    }
    if (!namespace || operation === 'DELETE') return;
    const stored = namespaces.get(namespace);
    if (!stored) throw notFound({ group: '', resource: 'namespaces' }, namespace);
    if (operation === 'CREATE' && stored.status?.phase === 'Terminating') throw terminating(attributes);
  };
  return {
    name: 'NamespaceLifecycle',
    handles: (definition, operation) =>
      operation !== 'CONNECT' && (definition.isNamespaced || definition.resource === 'namespaces'),
    // Early, so that plugins after it may count on the namespace.
    admit: (object: KubeObject, attributes) => {
      check(attributes);
      return object;
    },
    validate: (_object, attributes) => {
      if (attributes.operation === 'DELETE') check(attributes);
    },
  };
}

function terminating(attributes: Attributes): ApiError {
  const { namespace } = attributes;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const error = refuse(attributes, why);
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  return new ApiError(error.code, error.reason, error.message, { ...error.details, causes: [cause] });
}
