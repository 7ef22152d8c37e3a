import type { Taint } from '../../../api/generated/types.ts';
import { checkLabelValue, checkQualifiedName } from '../../../api/index.ts';
import { CommandError } from '../../errors/command-error.ts';

export interface TaintChanges {
  readonly added: readonly Taint[];
  /** Without an effect: whatever the effect. */
  readonly removed: readonly (Pick<Taint, 'key'> & Partial<Taint>)[];
}

/** `key=value:Effect`, `key:Effect`, and with a dash at the end what is to go. Upstream: kubectl/pkg/cmd/taint/utils.go */
export function parseTaints(specs: readonly string[]): TaintChanges {
  const added: Taint[] = [];
  const removed: (Pick<Taint, 'key'> & Partial<Taint>)[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const { key, effect } = parseTaint(spec.slice(0, -1));
      removed.push({ key, ...(effect !== '' && { effect }) });
      continue;
    }
    const { key, value, effect } = parseTaint(spec);
    if (effect === '') throw invalid(spec);
    if (added.some((taint) => taint.key === key && taint.effect === effect)) {
      throw new CommandError(`duplicated taints with the same key and effect: {${key} ${value} ${effect} <nil>}`);
    }
    added.push({ key, effect, ...(value !== '' && { value }) });
  }
  return { added, removed };
}

interface ParsedTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

function parseTaint(spec: string): ParsedTaint {
  const parts = spec.split(':');
  if (parts.length > 2) throw invalid(spec);
  const [left = '', effect] = parts;
  if (effect === undefined) return { key: checkedKey(spec, left), value: '', effect: '' };
  if (!['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)) {
    throw new CommandError(`invalid taint effect: ${effect}, unsupported taint effect`);
  }
  const [key = '', value = '', ...more] = left.split('=');
  if (more.length > 0) throw invalid(spec);
  const problems = checkLabelValue(value);
  if (problems.length > 0) throw invalid(spec, problems);
  return { key: checkedKey(spec, key), value, effect };
}

function checkedKey(spec: string, key: string): string {
  const problems = checkQualifiedName(key);
  if (problems.length > 0) throw invalid(spec, problems);
  return key;
}

function invalid(spec: string, problems: readonly string[] = []): CommandError {
  return new CommandError(`invalid taint spec: ${spec}${problems.length > 0 ? `, ${problems.join('; ')}` : ''}`);
}
