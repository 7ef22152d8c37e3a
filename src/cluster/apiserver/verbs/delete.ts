import {
  invalid,
  notSupported,
  throwIfInvalid,
  ApiError,
  type FieldError,
  type KubeObject,
} from '../../../api/index.ts';
import type { ApiResponse } from '../api-request.ts';
import { dryRunErrors } from '../request/query.ts';
import { readBody } from '../request/read-body.ts';
import { success } from '../response/respond.ts';
import type { DeleteOptions } from '../rest/write-options.ts';
import { selectedObjects } from './list.ts';
import { finish, managerOf, respondList, respondObject, type Scope } from './scope.ts';

/** Upstream: apiserver/pkg/endpoints/handlers/delete.go */
export function deleteObject(scope: Scope): ApiResponse {
  const { info, definition } = scope;
  const options = readDeleteOptions(scope);
  const { object, isGone, wasUpdated } = scope.store.delete(info.namespace, info.name, options);
  const status = !isGone && options.orphanDependents === false ? 202 : 200;
  // A delete that leaves the object there for a while answers with it; a second one adds nothing and says so.
  if (definition.returnsDeletedObject || (!isGone && wasUpdated)) return respondObject(scope, status, object);
  const { name, uid } = object.metadata;
  const details = { name, ...(definition.group && { group: definition.group }), kind: definition.resource, uid };
  return finish(scope, status, success(0, details));
}

export function deleteCollection(scope: Scope): ApiResponse {
  const { definition, store } = scope;
  const objects = selectedObjects(scope);
  const options = readDeleteOptions(scope);
  for (const { metadata } of objects) {
    try {
      store.delete(metadata.namespace ?? '', metadata.name, options);
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error;
    }
  }
  return respondList(scope, {
    kind: definition.listKind ?? `${definition.kind}List`,
    apiVersion: definition.group ? `${definition.group}/${definition.version}` : definition.version,
    metadata: { resourceVersion: String(store.collection.revision) },
    items: objects.map((object) => scope.codec.outgoing<KubeObject>(object)),
  });
}

const deleteOptions = { kind: 'DeleteOptions', schema: 'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions' };

interface GivenOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: DeleteOptions['propagationPolicy'];
  readonly orphanDependents?: boolean;
  readonly preconditions?: DeleteOptions['preconditions'];
  readonly dryRun?: readonly string[];
}

/** From the body when there is one, else from the query. */
function readDeleteOptions(scope: Scope): DeleteOptions {
  const given = scope.request.body?.length ? fromBody(scope) : fromQuery(scope);
  const { gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions, dryRun = [] } = given;
  const errors: FieldError[] = [];
  if (orphanDependents !== undefined && propagationPolicy !== undefined) {
    errors.push(
      invalid('propagationPolicy', propagationPolicy, 'orphanDependents and deletionPropagation cannot be both set'),
    );
  }
  const policies = ['Foreground', 'Background', 'Orphan'];
  if (propagationPolicy !== undefined && !policies.includes(propagationPolicy)) {
    errors.push(notSupported('propagationPolicy', propagationPolicy, [...policies, 'nil']));
  }
  errors.push(...dryRunErrors(dryRun));
  throwIfInvalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors);
  return {
    context: scope.context,
    fieldManager: managerOf(scope, ''),
    isDryRun: dryRun.length > 0,
    warn: (text) => void scope.warnings.push(text),
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(propagationPolicy !== undefined && { propagationPolicy }),
    ...(orphanDependents !== undefined && { orphanDependents }),
    ...(preconditions && { preconditions }),
  };
}

function fromBody({ request, codec }: Scope): GivenOptions {
  return codec.decodeOptions(readBody(request), deleteOptions) as GivenOptions;
}

function fromQuery({ query }: Scope): GivenOptions {
  const gracePeriodSeconds = query.integer('gracePeriodSeconds');
  const propagationPolicy = query.text('propagationPolicy') as DeleteOptions['propagationPolicy'];
  const orphanDependents = query.boolean('orphanDependents');
  return {
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(propagationPolicy && { propagationPolicy }),
    ...(orphanDependents !== undefined && { orphanDependents }),
    dryRun: query.all('dryRun'),
  };
}
