/**
 * Makes sure that a container's image is on the node.
 * Upstream: pkg/kubelet/images/image_manager.go EnsureImageExists
 * Differs: registries ask for no credentials, so imagePullSecrets are not looked at.
 */
import type { Routine } from '../../../kernel/index.ts';
import { formatGoDuration } from '../../../api/duration.ts';
import { goQuote } from '../../../api/json.ts';
import type { Container } from '../../../api/generated/types.ts';
import type { BackOff } from '../back-off.ts';
import { parseError, pullError } from './image-errors.ts';
import type { FoundImage, ImageStore } from './image-store.ts';

export type ImageOutcome =
  | { readonly image: FoundImage }
  /** The reason and the message of the waiting container, and when it is worth to try again. */
  | { readonly reason: string; readonly message: string; readonly retryMs?: number };

export interface ImageRequest {
  readonly container: Container;
  readonly listensOn: readonly number[];
  /** `pods/default/web` */
  readonly subject: string;
  readonly backOff: BackOff;
  /** What the last failed pull of each image said. */
  readonly lastErrors: () => Map<string, string>;
  readonly nowMs: () => number;
  readonly record: (type: 'Normal' | 'Warning', reason: string, message: string) => void;
}

export function* ensureImage(store: ImageStore, request: ImageRequest): Routine<ImageOutcome> {
  const { container, listensOn, record } = request;
  const reference = container.image ?? '';
  yield* store.fetchCode(reference);
  const lookup = store.lookUp(reference, listensOn);
  if (!lookup.found && lookup.reason === 'invalid-reference') {
    const message = `Failed to apply default image tag ${goQuote(reference)}: ${parseError(reference)}`;
    record('Warning', 'InspectFailed', message);
    return { reason: 'InvalidImageName', message };
  }
  const isPresent = store.has(reference);
  const policy = container.imagePullPolicy ?? 'IfNotPresent';
  if (policy === 'Never' || (policy === 'IfNotPresent' && isPresent)) {
    if (isPresent && lookup.found) {
      record(
        'Normal',
        'Pulled',
        `Container image ${goQuote(reference)} already present on machine and can be accessed by the pod`,
      );
      return { image: lookup };
    }
    const message = `Container image ${goQuote(reference)} is not present with pull policy of Never`;
    record('Warning', 'ErrImageNeverPull', message);
    return { reason: 'ErrImageNeverPull', message };
  }
  return yield* pull(store, request, reference);
}

function* pull(store: ImageStore, request: ImageRequest, reference: string): Routine<ImageOutcome> {
  const { listensOn, subject, backOff, lastErrors, nowMs, record } = request;
  const retryMs = backOff.untilMs(reference);
  if (retryMs > nowMs()) {
    const message = `Back-off pulling image ${goQuote(reference)}`;
    record('Normal', 'BackOff', message);
    const lastError = lastErrors().get(reference);
    return { reason: 'ImagePullBackOff', message: lastError ? `${message}: ${lastError}` : message, retryMs };
  }
  record('Normal', 'Pulling', `Pulling image ${goQuote(reference)}`);
  const { lookup, pullMs, totalMs } = yield* store.pull(reference, listensOn, subject);
  if (!lookup.found) {
    const message = pullError(lookup);
    record('Warning', 'Failed', `Failed to pull image ${goQuote(reference)}: ${message}`);
    backOff.next(reference, nowMs(), nowMs());
    lastErrors().set(reference, `ErrImagePull: ${message}`);
    return { reason: 'ErrImagePull', message };
  }
  const took = `${duration(pullMs)} (${duration(totalMs)} including waiting)`;
  record(
    'Normal',
    'Pulled',
    `Successfully pulled image ${goQuote(reference)} in ${took}. Image size: ${lookup.sizeBytes} bytes.`,
  );
  return { image: lookup };
}

/** Whole milliseconds in Go's notation. */
function duration(ms: number): string {
  return formatGoDuration(Math.trunc(ms));
}
