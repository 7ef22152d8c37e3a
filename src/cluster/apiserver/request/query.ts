import { badRequest, notSupported, throwIfInvalid, tooLong, type FieldError } from '../../../api/index.ts';
import type { ApiRequest } from '../api-request.ts';
import { isTrue } from './request-info.ts';

/** Reads the query parameters that make up the options of a request. Refusals are worded as upstream's decoder words them. */
export class Query {
  readonly #values: ApiRequest['query'];

  constructor(request: Pick<ApiRequest, 'query'>) {
    this.#values = request.query;
  }

  text(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  boolean(name: string): boolean | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : isTrue(value);
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined || value === '') return undefined;
    if (!/^[+-]?[0-9]+$/.test(value))
      throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
    return Number(value);
  }
}

export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

/** What creates, updates and patches have in common. */
export interface ChangeOptions {
  readonly isDryRun: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: FieldValidation;
}

const fieldManagerMaxLength = 128;

/** @param kind `CreateOptions`: what a refusal calls them */
export function readChangeOptions(query: Query, kind: string, more: readonly FieldError[] = []): ChangeOptions {
  const fieldManager = query.text('fieldManager') ?? '';
  const fieldValidation = query.text('fieldValidation') ?? '';
  const errors = [...more];
  if (fieldManager.length > fieldManagerMaxLength) errors.push(tooLong('fieldManager', fieldManagerMaxLength));
  errors.push(...dryRunErrors(query.all('dryRun')));
  if (!['', 'Ignore', 'Strict', 'Warn'].includes(fieldValidation)) {
    errors.push(notSupported('fieldValidation', fieldValidation, ['', 'Ignore', 'Strict', 'Warn']));
  }
  throwIfInvalid({ group: 'meta.k8s.io', kind }, '', errors);
  return {
    isDryRun: query.all('dryRun').length > 0,
    fieldManager,
    fieldValidation: (fieldValidation || 'Warn') as FieldValidation,
  };
}

export function dryRunErrors(values: readonly string[]): readonly FieldError[] {
  return values.every((value) => value === 'All') ? [] : [notSupported('dryRun', values, ['All'])];
}
