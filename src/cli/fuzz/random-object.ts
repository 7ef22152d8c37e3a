import type { ObjectSchema, TypeSchema } from '../../api/schema/type-schema.ts';
import type { RandomStream } from '../../kernel/index.ts';
import { hostileText, hostileValue } from './hostile-values.ts';

type Fields = Record<string, unknown>;

const maxDepth = 7;

/** An object of a type: all that it must have, some of what it may have, values that are mostly of the right type. */
export function randomObject(schema: ObjectSchema, random: RandomStream, depth = 0): Fields {
  const fields: Fields = {};
  // The deeper, the less: else a pod template would have everything. Poor objects are valid more often.
  const chance = random.pick([0.05, 0.3, 0.6]) / Math.max(1, depth);
  for (const field of schema.fields.values()) {
    if (!field.isRequired && (depth >= maxDepth || random.number() > chance)) continue;
    fields[field.name] = randomValue(field.schema, field.name, random, depth + 1);
  }
  return fields;
}

function randomValue(schema: TypeSchema, name: string, random: RandomStream, depth: number): unknown {
  if (random.number() < 0.01) return hostileValue(random);
  switch (schema.type) {
    case 'object':
      return depth > 2 * maxDepth ? {} : randomObject(schema, random, depth);
    case 'map':
      return Object.fromEntries(
        Array.from({ length: random.integer(0, 2) }, () => [
          word(random),
          randomValue(schema.values, '', random, depth + 1),
        ]),
      );
    case 'list':
      return Array.from({ length: random.integer(0, 2) }, () => randomValue(schema.items, name, random, depth + 1));
    case 'any':
      return random.pick([{}, { a: 1 }, 'text', [1]]);
    case 'boolean':
      return random.number() < 0.5;
    case 'int32':
    case 'int64':
      return random.integer(0, 3);
    case 'double':
      return random.number();
    case 'int-or-string':
      return random.pick<unknown>([1, 8080, '25%', 'http']);
    case 'bytes':
      return random.pick(['', 'aGVsbG8=']);
    case 'time':
      return random.pick(['2026-01-05T09:00:00Z', '2020-02-30T00:00:00Z']);
    case 'micro-time':
      return '2026-01-05T09:00:00.000000Z';
    case 'quantity':
      return random.pick(['1', '100m', '1Gi', '1e3', '0.5']);
    case 'string':
      return randomText(name, schema.enum, random);
  }
}

/** Words that fields of that name are likely to take, so that validation is passed now and then. */
const likely: ReadonlyMap<string, readonly string[]> = new Map([
  ['image', ['nginx', 'busybox', 'nothing/like:this']],
  ['protocol', ['TCP', 'UDP']],
  ['effect', ['NoSchedule', 'NoExecute']],
  ['operator', ['In', 'Exists', 'Equal']],
  ['verbs', ['get', 'list', '*']],
  ['apiGroups', ['', 'apps', '*']],
  ['resources', ['pods', 'deployments', '*']],
  ['path', ['/', '/data', 'file']],
  ['mountPath', ['/data', '/tmp/x']],
  ['accessModes', ['ReadWriteOnce', 'ReadWriteMany']],
  ['apiGroup', ['', 'rbac.authorization.k8s.io', 'apps']],
  ['schedule', ['* * * * *', '@daily', 'never']],
  ['ip', ['10.0.0.9', 'fd00::1']],
]);

function randomText(name: string, allowed: readonly string[] | undefined, random: RandomStream): string {
  if (random.number() < 0.03) return hostileText(random);
  if (allowed) return random.pick(allowed);
  return likely.has(name) ? random.pick(likely.get(name)!) : word(random);
}

function word(random: RandomStream): string {
  return random.pick(['a', 'b', 'web', 'app', 'x-1', 'default', 'example.com', 'kubernetes.io/name']);
}

/** Changes some places of a value: drops, replaces and adds. */
export function damaged(value: unknown, random: RandomStream, depth = 0): unknown {
  if (depth > 12 || typeof value !== 'object' || value === null) {
    return random.number() < 0.15 ? hostileValue(random) : value;
  }
  if (random.number() < 0.03) return hostileValue(random);
  if (Array.isArray(value)) return value.map((item) => damaged(item, random, depth + 1));
  const next: Fields = Object.create(null) as Fields;
  for (const [key, field] of Object.entries(value)) {
    const luck = random.number();
    if (luck < 0.03) continue;
    next[key] = luck < 0.35 ? damaged(field, random, depth + 1) : field;
  }
  if (random.number() < 0.1) next[hostileText(random)] = hostileValue(random);
  return next;
}
