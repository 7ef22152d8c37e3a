import type { PersistentVolumeClaim } from '../../../api/generated/types.ts';
import { compareQuantity, parseQuantity, type Quantity } from '../../../api/index.ts';
import { storageClassOf } from '../registry/storage/class-of-claim.ts';
import { one } from './amounts.ts';
import type { QuotaEvaluator } from './evaluator.ts';
import { takesValue } from './scope-requirements.ts';

const resources = ['persistentvolumeclaims', 'requests.storage'];
const count = 'count/persistentvolumeclaims';
const classSuffix = '.storageclass.storage.k8s.io/';
const nanoPerOne = 1_000_000_000n;

/** Claims and their size, by storage class too. Upstream: pkg/quota/v1/evaluator/core/persistent_volume_claims.go */
export const claimEvaluator: QuotaEvaluator<PersistentVolumeClaim> = {
  handles: ({ operation, subresource }) => subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  uses: (name) =>
    name === count || resources.some((resource) => name === resource || name.endsWith(classSuffix + resource)),
  matchesScope: (scope, { spec, status }) => {
    if (scope.scopeName !== 'VolumeAttributesClass') return false;
    const names = [
      spec?.volumeAttributesClassName,
      status?.currentVolumeAttributesClassName,
      status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
    ].filter((name): name is string => Boolean(name));
    return names.length === 0 ? takesValue(scope, undefined) : names.some((name) => takesValue(scope, name));
  },
  usage: (claim) => {
    const storageClass = storageClassOf(claim);
    const usage = new Map<string, Quantity>([
      ['persistentvolumeclaims', one],
      [count, one],
    ]);
    if (storageClass) usage.set(`${storageClass}${classSuffix}persistentvolumeclaims`, one);
    const size = sizeOf(claim);
    if (size) {
      usage.set('requests.storage', size);
      if (storageClass) usage.set(`${storageClass}${classSuffix}requests.storage`, size);
    }
    return usage;
  },
};

/** Whole bytes; what a volume has been given counts when it is more than what is asked for. */
function sizeOf({ spec, status }: PersistentVolumeClaim): Quantity | undefined {
  const asked = spec?.resources?.requests?.['storage'];
  if (asked === undefined) return undefined;
  const given = status?.allocatedResources?.['storage'];
  const wanted = parseQuantity(asked);
  const larger =
    given !== undefined && compareQuantity(parseQuantity(given), wanted) > 0 ? parseQuantity(given) : wanted;
  const rest = larger.nano % nanoPerOne;
  return rest === 0n ? larger : { nano: larger.nano - rest + nanoPerOne, format: larger.format };
}
