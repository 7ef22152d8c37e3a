import type { Pod } from '../../../../api/generated/types.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { warningsForPod } from '../pod-spec/warnings.ts';
import { defaultPod } from '../pod/defaults.ts';
import { ephemeralContainerRules } from '../pod/ephemeral-containers.ts';
import { resizeRules } from '../pod/resize.ts';
import { podColumns, podRow } from '../pod/row.ts';
import { validatePodStatus } from '../pod/status-validation.ts';
import { podGracePeriod, preparePodForCreate, preparePodForUpdate, preparePodStatus } from '../pod/strategy.ts';
import { validatePodUpdate } from '../pod/update-validation.ts';
import { validatePod, validatePodCreate } from '../pod/validation.ts';

/** What a Pod has to look like. */
export const podRules: ResourceRules<Pod> = {
  defaults: defaultPod,
  prepareForCreate: preparePodForCreate,
  prepareForUpdate: preparePodForUpdate,
  validate: validatePod,
  validateCreate: validatePodCreate,
  validateUpdate: validatePodUpdate,
  warnings: (next, old) => (old ? [] : warningsForPod(next)),
  status: { prepareForUpdate: preparePodStatus, validateUpdate: validatePodStatus },
  parts: { ephemeralcontainers: ephemeralContainerRules, resize: resizeRules },
  gracePeriodSeconds: podGracePeriod,
  columns: podColumns,
  row: podRow,
};
