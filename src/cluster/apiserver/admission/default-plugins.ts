import type { KubeObject } from '../../../api/index.ts';
import type { RandomStream } from '../../../kernel/index.ts';
import type { Collection } from '../../store/index.ts';
import {
  ingressClasses,
  limitRanges,
  namespaces,
  nodes,
  pods,
  priorityClasses,
  runtimeClasses,
  serviceAccounts,
  storageClasses,
} from '../registry/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import type { AdmissionPlugin } from './admission.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { defaultStorageClass } from './default-storage-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { limitRanger } from './limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize.ts';
import { podSecurity } from './pod-security.ts';
import { podTopologyLabels } from './pod-topology-labels.ts';
import { priority } from './priority.ts';
import { resourceQuota, type QuotaAccess } from './resource-quota.ts';
import { runtimeClass } from './runtime-class.ts';
import { serviceAccount } from './service-account.ts';
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition.ts';

export interface PluginParts {
  collectionOf<T extends KubeObject>(definition: ResourceDefinition<T>): Collection<T>;
  readonly random: RandomStream;
  readonly quota: QuotaAccess;
}

/** What is on when nobody says otherwise, in its order. Upstream: pkg/kubeapiserver/options/plugins.go AllOrderedPlugins */
export function defaultPlugins({ collectionOf, random, quota }: PluginParts): readonly AdmissionPlugin[] {
  return [
    namespaceLifecycle(collectionOf(namespaces)),
    limitRanger(collectionOf(limitRanges)),
    serviceAccount(collectionOf(serviceAccounts), random.fork('apiserver/service-account')),
    taintNodesByCondition,
    podSecurity(collectionOf(namespaces), collectionOf(pods)),
    priority(collectionOf(priorityClasses)),
    defaultTolerationSeconds,
    defaultStorageClass(collectionOf(storageClasses)),
    storageObjectInUseProtection,
    persistentVolumeClaimResize(collectionOf(storageClasses)),
    runtimeClass(collectionOf(runtimeClasses)),
    defaultIngressClass(collectionOf(ingressClasses)),
    podTopologyLabels(collectionOf(nodes)),
    resourceQuota(quota),
  ];
}
