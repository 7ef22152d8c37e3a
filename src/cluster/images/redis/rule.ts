import { failure, type Reply } from './protocol.ts';
import type { RedisStore } from './store.ts';

export type RedisCommand = (store: RedisStore, args: readonly string[]) => Reply;

/** How many arguments a command takes, and what it does. */
export interface CommandRule {
  readonly least: number;
  readonly most: number;
  readonly run: RedisCommand;
}

export function rule(least: number, most: number, run: RedisCommand): CommandRule {
  return { least, most, run };
}

export const notAnInteger = failure('ERR value is not an integer or out of range');
export const many = Number.POSITIVE_INFINITY;
