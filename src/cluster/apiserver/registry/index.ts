/** Every resource that the API server serves. */
import type { ResourceDefinition } from '../resource-definition.ts';
import { configMaps } from './config-maps.ts';
import { deployments } from './deployments.ts';
import { endpointSlices } from './endpoint-slices.ts';
import { endpoints } from './endpoints.ts';
import { events } from './events.ts';
import { leases } from './leases.ts';
import { namespaces } from './namespaces.ts';
import { nodes } from './nodes.ts';
import { pods } from './pods.ts';
import { replicaSets } from './replica-sets.ts';
import { secrets } from './secrets.ts';
import { serviceAccounts } from './service-accounts.ts';
import { services } from './services.ts';

export const resources: readonly ResourceDefinition[] = [
  pods,
  nodes,
  namespaces,
  services,
  deployments,
  replicaSets,
  configMaps,
  secrets,
  serviceAccounts,
  events,
  endpointSlices,
  endpoints,
  leases,
];

export {
  pods,
  nodes,
  namespaces,
  services,
  deployments,
  replicaSets,
  configMaps,
  secrets,
  serviceAccounts,
  events,
  endpointSlices,
  endpoints,
  leases,
};
