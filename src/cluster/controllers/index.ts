import { serviceAccountUser } from '../apiserver/auth/service-account-user.ts';
import type { UserInfo } from '../apiserver/resource-definition.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { startClusterRoleAggregationController } from './cluster-role-aggregation.ts';
import { startCronJobController } from './cron-job.ts';
import { startDaemonSetController } from './daemon-set.ts';
import { startDeploymentController } from './deployment.ts';
import { startDisruptionController } from './disruption.ts';
import { startEndpointSliceController } from './endpoint-slice.ts';
import { startEndpointsController } from './endpoints.ts';
import { startGarbageCollector } from './garbage-collector.ts';
import { startJobController } from './job.ts';
import { startNamespaceController } from './namespace.ts';
import { startNodeIpamController } from './node-ipam.ts';
import { startNodeLifecycleController } from './node-lifecycle.ts';
import { startPodGarbageCollector } from './pod-gc.ts';
import { startReplicaSetController } from './replica-set.ts';
import { startReplicationControllerController } from './replication-controller.ts';
import { startResourceQuotaController } from './resource-quota.ts';
import { startServiceAccountController } from './service-account.ts';
import { startServiceCidrController } from './service-cidr.ts';
import { startStatefulSetController } from './stateful-set.ts';
import { startTaintEvictionController } from './taint-eviction.ts';
import { startTtlAfterFinishedController } from './ttl-after-finished.ts';

type Start = (context: ComponentContext) => void;

/** What runs inside kube-controller-manager. Upstream: cmd/kube-controller-manager/app/controllermanager.go */
const controllers: readonly (readonly [name: string, user: string, start: Start])[] = [
  ['deployment', 'deployment-controller', startDeploymentController],
  ['replica-set', 'replicaset-controller', startReplicaSetController],
  ['replication-controller', 'replication-controller', startReplicationControllerController],
  ['daemon-set', 'daemon-set-controller', startDaemonSetController],
  ['stateful-set', 'statefulset-controller', startStatefulSetController],
  ['job', 'job-controller', startJobController],
  ['cron-job', 'cronjob-controller', startCronJobController],
  ['ttl-after-finished', 'ttl-after-finished-controller', startTtlAfterFinishedController],
  ['endpoint-slice', 'endpointslice-controller', startEndpointSliceController],
  ['endpoint', 'endpoint-controller', startEndpointsController],
  ['clusterrole-aggregation', 'clusterrole-aggregation-controller', startClusterRoleAggregationController],
  ['service-account', 'service-account-controller', startServiceAccountController],
  ['namespace', 'namespace-controller', startNamespaceController],
  ['garbage-collector', 'generic-garbage-collector', startGarbageCollector],
  ['pod-garbage-collector', 'pod-garbage-collector', startPodGarbageCollector],
  ['node-ipam', 'node-controller', startNodeIpamController],
  ['node-lifecycle', 'node-controller', startNodeLifecycleController],
  ['disruption', 'disruption-controller', startDisruptionController],
  ['service-cidr', 'service-cidrs-controller', startServiceCidrController],
  ['resource-quota', 'resourcequota-controller', startResourceQuotaController],
  // As upstream, with the rights of the node controller.
  ['taint-eviction', 'node-controller', startTaintEvictionController],
];

/**
 * @param contextFor gives a component (`controller/deployment`) what it works with, as the service account it speaks as
 * @param disabled names of controllers that do not run
 */
export function startControllers(
  contextFor: (component: string, user: UserInfo) => ComponentContext,
  disabled: readonly string[] = [],
): void {
  for (const [name, user, start] of controllers) {
    if (disabled.includes(name)) continue;
    start(contextFor(`controller/${name}`, serviceAccountUser('kube-system', user)));
  }
}
