import type { FlowSchema, PriorityClass, PriorityLevelConfiguration, ServiceCIDR } from '../api/generated/types.ts';
import type { Draft, KubeObject } from '../api/index.ts';
import {
  mandatoryFlowSchemas,
  mandatoryPriorityLevels,
  suggestedFlowSchemas,
  suggestedPriorityLevels,
} from './apiserver/registry/flow-control/bootstrap-objects.ts';
import { flowSchemas, priorityClasses, priorityLevelConfigurations, serviceCidrs } from './apiserver/registry/index.ts';
import type { ResourceDefinition } from './apiserver/resource-definition.ts';

export type Create = <T extends KubeObject>(definition: ResourceDefinition<T>, object: Draft<T>) => void;

/** Upstream: pkg/apis/scheduling/v1/helpers.go */
const systemPriorities = [
  {
    name: 'system-node-critical',
    value: 2_000_001_000,
    description: 'Used for system critical pods that must not be moved from their current node.',
  },
  {
    name: 'system-cluster-critical',
    value: 2_000_000_000,
    description:
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  },
];

/**
 * The objects of the API server's own machinery: priorities of pods and of requests, the range of Services.
 * Upstream: pkg/registry/{scheduling,flowcontrol}/rest, pkg/controlplane/controller/defaultservicecidr
 */
export function createStandardObjects(create: Create, serviceCidr: string): void {
  for (const { name, value, description } of systemPriorities) {
    const apiVersion = 'scheduling.k8s.io/v1';
    const system = { apiVersion, kind: 'PriorityClass', metadata: { name }, value, description };
    create<PriorityClass>(priorityClasses, system as Draft<PriorityClass>);
  }
  const apiVersion = 'flowcontrol.apiserver.k8s.io/v1';
  const metadata = (name: string) => ({ name, annotations: { 'apf.kubernetes.io/autoupdate-spec': 'true' } });
  for (const [name, spec] of [...mandatoryPriorityLevels, ...suggestedPriorityLevels]) {
    const level = { apiVersion, kind: 'PriorityLevelConfiguration', metadata: metadata(name), spec };
    create<PriorityLevelConfiguration>(priorityLevelConfigurations, level as Draft<PriorityLevelConfiguration>);
  }
  for (const [name, spec] of [...mandatoryFlowSchemas, ...suggestedFlowSchemas]) {
    const schema = { apiVersion, kind: 'FlowSchema', metadata: metadata(name), spec };
    create<FlowSchema>(flowSchemas, schema as Draft<FlowSchema>);
  }
  create<ServiceCIDR>(serviceCidrs, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: { name: 'kubernetes' },
    spec: { cidrs: [serviceCidr] },
  } as Draft<ServiceCIDR>);
}
