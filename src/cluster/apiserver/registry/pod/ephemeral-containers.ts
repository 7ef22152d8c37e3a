import type { Pod } from '../../../../api/generated/types.ts';
import { forbiddenField, jsonEqual, type FieldError } from '../../../../api/index.ts';
import { goQuote } from '../../../../api/json.ts';
import type { PartRules } from '../../resource-definition.ts';
import { prettyInternalJson } from '../internal-form/internal-form.ts';
import { unifiedDiff } from '../internal-form/unified-diff.ts';
import { mirrorPodAnnotation } from '../pod-spec/annotations.ts';
import { withField } from '../share.ts';
import { bumpGeneration } from './strategy.ts';

const path = 'spec.ephemeralContainers';

/**
 * Containers that are added to a pod while it runs, to look into it: they come, and never go or change.
 * Upstream: podEphemeralContainersStrategy in pkg/registry/core/pod/strategy.go, ValidatePodEphemeralContainersUpdate
 */
export const ephemeralContainerRules: PartRules<Pod> = {
  prepareForUpdate: (next, old) => {
    const spec = withField(old.spec, 'ephemeralContainers', next.spec.ephemeralContainers);
    const { resourceVersion } = next.metadata;
    return bumpGeneration({ ...old, metadata: { ...old.metadata, resourceVersion }, spec }, old);
  },
  validateUpdate: (next, old) => {
    if (old.metadata.annotations?.[mirrorPodAnnotation] !== undefined) {
      return [forbiddenField('', 'static pods do not support ephemeral containers')];
    }
    const errors: FieldError[] = [];
    for (const before of old.spec.ephemeralContainers ?? []) {
      const after = next.spec.ephemeralContainers?.find(({ name }) => name === before.name);
      const subject = `existing ephemeral containers ${goQuote(before.name)}`;
      if (!after) errors.push(forbiddenField(path, `${subject} may not be removed\n`));
      else if (!jsonEqual(after, before)) {
        const [last, now] = [before, after].map((container) => prettyInternalJson(container, 'EphemeralContainer'));
        errors.push(forbiddenField(path, `${subject} may not be changed\n${unifiedDiff(last!, now!)}`));
      }
    }
    return errors;
  },
};
