import { cloneJson, objectAt, setAt, type JsonObject } from '../../resource/json.ts';

/**
 * Two versions of a Secret with stars for their values, that still show which of them differ.
 * Upstream: kubectl/pkg/cmd/diff/diff.go Masker
 */
export function maskSecrets(
  from: JsonObject | undefined,
  to: JsonObject,
): { readonly from: JsonObject | undefined; readonly to: JsonObject } {
  const [before, after] = [objectAt(from, 'data') ?? {}, objectAt(to, 'data') ?? {}];
  const mask = (own: JsonObject, other: JsonObject, mark: string) =>
    Object.fromEntries(
      Object.entries(own).map(([key, value]) => {
        const isChanged = Object.hasOwn(other, key) && other[key] !== value;
        return [key, isChanged ? `*** (${mark})` : '***'];
      }),
    );
  return {
    from: from && withData(from, mask(before, after, 'before')),
    to: withData(to, mask(after, before, 'after')),
  };
}

function withData(secret: JsonObject, data: JsonObject): JsonObject {
  if (!objectAt(secret, 'data')) return secret;
  const copy = cloneJson(secret);
  setAt(copy, data, 'data');
  return copy;
}
