import type { ResourceQuota } from '../../../api/generated/types.ts';
import type { Collection } from '../../store/index.ts';
import { ruleBook } from '../registry/rule-book.ts';
import type { AdmissionPlugin } from './admission.ts';

export interface QuotaAccess {
  readonly quotas: Collection<ResourceQuota>;
  readonly clock: { readonly nowMs: number };
  /** Writes what is used now into the quota's status. */
  charge(quota: ResourceQuota, used: Readonly<Record<string, string>>): void;
}

/**
 * Lets nobody use more than the quotas of the namespace allow, and charges what is used at once.
 * Upstream: apiserver/pkg/admission/plugin/resourcequota
 */
export function resourceQuota(access: QuotaAccess): AdmissionPlugin {
  return {
    name: 'ResourceQuota',
    handles: ({ isNamespaced, resource }, operation, subresource) =>
      isNamespaced &&
      resource !== 'events' &&
      (subresource === '' || subresource === 'resize') &&
      (operation === 'CREATE' || operation === 'UPDATE'),
    validate: (object, attributes) => {
      const quotas = [...access.quotas.list(attributes.namespace).objects];
      if (quotas.length === 0 || !object) return;
      // How to count came with the rules of quotas.
      const charges = ruleBook.code.quotaCharges(quotas, object, attributes, access.clock.nowMs);
      if (attributes.isDryRun) return;
      for (const { quota, used } of charges) access.charge(quota, used);
    },
  };
}
