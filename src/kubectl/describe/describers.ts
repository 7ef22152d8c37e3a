import { describeConfigMap } from './config-map.ts';
import { describeDeployment } from './deployment.ts';
import type { Describer } from './describer.ts';
import { describeEndpointSlice } from './endpoint-slice.ts';
import { describeEndpoints } from './endpoints.ts';
import { describeAnything } from './generic.ts';
import { describeLimitRange } from './limit-range.ts';
import { describeNamespace } from './namespace.ts';
import { describeNode } from './node.ts';
import { describePod } from './pod.ts';
import { describeReplicaSet } from './replica-set.ts';
import { describeResourceQuota } from './resource-quota.ts';
import { describeSecret } from './secret.ts';
import { describeService } from './service.ts';
import { describeServiceAccount } from './service-account.ts';

/** Kinds with a page of their own, as `Kind.group`. The objects come from the server, so each describer gets its kind. */
const describers: Readonly<Record<string, unknown>> = {
  'Pod.': describePod,
  'Node.': describeNode,
  'Namespace.': describeNamespace,
  'Service.': describeService,
  'Endpoints.': describeEndpoints,
  'ConfigMap.': describeConfigMap,
  'Secret.': describeSecret,
  'ServiceAccount.': describeServiceAccount,
  'LimitRange.': describeLimitRange,
  'ResourceQuota.': describeResourceQuota,
  'Deployment.apps': describeDeployment,
  'ReplicaSet.apps': describeReplicaSet,
  'EndpointSlice.discovery.k8s.io': describeEndpointSlice,
};

/** How to describe a kind; kinds without a page of their own get the generic one. */
export function describerFor(kind: string, group: string): Describer {
  return (describers[`${kind}.${group}`] as Describer | undefined) ?? describeAnything;
}
