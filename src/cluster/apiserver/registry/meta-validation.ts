import {
  checkQualifiedName,
  invalid,
  jsonEqual,
  tooLong,
  type FieldError,
  type KubeObject,
} from '../../../api/index.ts';
import { addInvalid, validateLabels } from './label-validation.ts';

/**
 * Parts of `metadata` that appear in templates too, and what may never change.
 * Upstream: apimachinery/pkg/api/validation/objectmeta.go
 */
type Metadata = Partial<KubeObject['metadata']>;

/** Adds `field is immutable` when the two differ. */
export function immutable(errors: FieldError[], next: unknown, old: unknown, path: string): void {
  if (!jsonEqual(next ?? null, old ?? null)) errors.push(invalid(path, next, 'field is immutable'));
}

/** Upstream: validateTemplateObjectMeta and what pod templates are held to. */
export function validateTemplateMetadata(errors: FieldError[], metadata: Metadata | undefined, path: string): void {
  if (!metadata) return;
  validateLabels(errors, metadata.labels, `${path}.labels`);
  validateAnnotations(errors, metadata.annotations, `${path}.annotations`);
}

export function validateAnnotations(
  errors: FieldError[],
  annotations: Readonly<Record<string, string>> | undefined,
  path: string,
): void {
  let total = 0;
  for (const key in annotations) {
    const value = annotations[key]!;
    total += byteLength(key) + byteLength(value);
    const lower = key.toLowerCase();
    if (!plainAnnotation.test(lower)) addInvalid(errors, path, key, checkQualifiedName(lower));
  }
  if (total > maxAnnotationBytes) errors.push(tooLong(path, maxAnnotationBytes));
}

const plainAnnotation =
  /^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?){0,3}\/)?[a-z0-9](?:[-a-z0-9_.]{0,61}[a-z0-9])?$/;
const maxAnnotationBytes = 256 * 1024;

/** UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of the four bytes.
    if (code >= 0x80) bytes += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
