import type { Pod } from '../../../../api/generated/types.ts';
import { forbiddenField, type FieldError } from '../../../../api/index.ts';
import { mirrorPodAnnotation, validatePodAnnotations, validateProfilesAgree } from '../pod-spec/annotations.ts';
import { validateImageSpaces } from '../pod-spec/containers.ts';
import { validatePodSpec } from '../pod-spec/validate-pod-spec.ts';

/**
 * A pod as a whole, on create and on every update.
 * Upstream: validatePodMetadataAndSpec in pkg/apis/core/validation/validation.go
 */
export function validatePod(pod: Pod): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { metadata, spec } = pod;
  const annotations = metadata.annotations;
  validatePodAnnotations(errors, annotations, spec, 'metadata.annotations');
  validatePodSpec(errors, spec, 'spec', {
    isPod: true,
    podName: metadata.name,
    isMirrorPod: annotations?.[mirrorPodAnnotation] !== undefined,
  });
  if (!spec.serviceAccountName) {
    spec.volumes?.forEach(({ projected }, volume) => {
      projected?.sources?.forEach(({ serviceAccountToken }, at) => {
        if (!serviceAccountToken) return;
        const path = `spec.volumes[${volume}].projected.sources[${at}].serviceAccountToken`;
        errors.push(forbiddenField(path, 'must not be specified when serviceAccountName is not set'));
      });
    });
  }
  spec.containers?.forEach(({ image = '' }, at) => validateImageSpaces(errors, image, `spec.containers[${at}].image`));
  spec.initContainers?.forEach(({ image = '' }, at) => {
    validateImageSpaces(errors, image, `spec.initContainers[${at}].image`);
  });
  return errors;
}

/** What holds for a new pod only. Upstream: ValidatePodCreate */
export function validatePodCreate(pod: Pod): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { spec, metadata } = pod;
  if (spec.ephemeralContainers?.length) {
    errors.push(forbiddenField('spec.ephemeralContainers', 'cannot be set on create'));
  }
  if (spec.nodeName && spec.schedulingGates?.length) {
    errors.push(forbiddenField('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  }
  validateProfilesAgree(errors, metadata.annotations, spec);
  return errors;
}
