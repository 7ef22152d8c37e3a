import {
  ApiError,
  forbiddenField,
  invalid,
  notSupported,
  throwIfInvalid,
  type FieldError,
} from '../../../api/index.ts';
import type { Query } from '../request/query.ts';
import type { ResourceDefinition } from '../resource-definition.ts';

/** Upstream: apimachinery/pkg/apis/meta/internalversion (ListOptions, its defaults and its validation) */
export interface ListOptions {
  readonly resourceVersion: string;
  readonly match: string;
  readonly limit: number;
  readonly continue: string;
  readonly timeoutSeconds: number | undefined;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
}

export function readListOptions(query: Query, isWatch: boolean): ListOptions {
  const given = {
    resourceVersion: query.text('resourceVersion') ?? '',
    match: query.text('resourceVersionMatch') ?? '',
    limit: query.integer('limit') ?? 0,
    continue: query.text('continue') ?? '',
    timeoutSeconds: query.integer('timeoutSeconds'),
    sendInitialEvents: query.boolean('sendInitialEvents'),
    allowWatchBookmarks: query.boolean('allowWatchBookmarks') ?? false,
  };
  const errors = isWatch ? watchErrors(given) : listErrors(given);
  throwIfInvalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors);
  return given;
}

function listErrors(options: ListOptions): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (options.match !== '') {
    const refuse = (detail: string) => errors.push(forbiddenField('resourceVersionMatch', detail));
    if (options.resourceVersion === '') refuse('resourceVersionMatch is forbidden unless resourceVersion is provided');
    if (options.continue !== '') refuse('resourceVersionMatch is forbidden when continue is provided');
    if (options.match !== 'Exact' && options.match !== 'NotOlderThan') {
      errors.push(notSupported('resourceVersionMatch', options.match, ['Exact', 'NotOlderThan', '']));
    }
    if (options.match === 'Exact' && options.resourceVersion === '0') {
      refuse('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
    }
  }
  if (options.sendInitialEvents !== undefined) {
    errors.push(forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  }
  return errors;
}

function watchErrors(options: ListOptions): readonly FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (detail: string) => errors.push(forbiddenField('resourceVersionMatch', detail));
  if (options.sendInitialEvents !== undefined && options.match !== 'NotOlderThan') {
    refuse('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  }
  if (options.match === '') return errors;
  if (options.sendInitialEvents === undefined) {
    refuse('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided');
  }
  if (options.match !== 'NotOlderThan')
    errors.push(notSupported('resourceVersionMatch', options.match, ['NotOlderThan']));
  if (options.continue !== '') refuse('resourceVersionMatch is forbidden when continue is provided');
  return errors;
}

/** The number in a resourceVersion: 0 for none. */
export function parseVersion(text: string, definition: ResourceDefinition, verb: 'list' | 'watch'): number {
  if (text === '' || text === '0') return 0;
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  const detail = `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
  const error = invalid('resourceVersion', text, detail);
  if (verb === 'watch') throwIfInvalid({ group: definition.group, kind: definition.resource }, '', [error]);
  // A list passes the bare field error on, which makes it an internal error.
  throw new ApiError(500, '', `${error.field}: ${error.body}`);
}

/** Upstream: storage.NewTooLargeResourceVersionError; a real server waits three seconds before it says so. */
export function tooLarge(asked: number, current: number): ApiError {
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  return new ApiError(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}
