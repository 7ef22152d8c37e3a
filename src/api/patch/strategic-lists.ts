/**
 * The order of merged lists: what the patch names comes in the patch's order, what only the server has keeps its
 * place among its neighbours as far as that goes.
 * Upstream: apimachinery/pkg/util/strategicpatch/patch.go normalizeElementOrder
 */
import { goText, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { directiveMarker, expectObject, goTypeName, mergeKeyOf, unfit } from './strategic-directives.ts';
import { PatchError } from './patch-error.ts';

/** `map` when the elements are objects. Elements must all be of one type. */
export function elementKind(...lists: readonly (readonly Json[])[]): 'map' | 'scalar' {
  const types = new Set(lists.flatMap((list) => list.map(goTypeName)));
  if (types.size === 0) throw unfit('no elements in any of the given slices');
  if (types.has('[]interface {}')) throw new PatchError('unprocessable', 'lists of lists are not supported');
  if (types.size > 1) throw unfit(`list element types are not identical: ${goText(lists)}`);
  return types.has('map[string]interface {}') ? 'map' : 'scalar';
}

/** What tells an element apart: its merge key, or itself. */
function identityOf(item: Json, mergeKey: string): Json | undefined {
  return mergeKey === '' || !isJsonObject(item) ? item : item[mergeKey];
}

/** Places by identity, the first one counts. */
function placesOf(order: readonly Json[], mergeKey: string): ReadonlyMap<Json | undefined, number> {
  const places = new Map<Json | undefined, number>();
  order.forEach((item, place) => {
    const identity = identityOf(item, mergeKey);
    if (!places.has(identity)) places.set(identity, place);
  });
  return places;
}

/** Sorts by `order`; elements marked for deletion go last. */
export function sortByOrder(list: readonly Json[], order: readonly Json[], mergeKey: string): readonly Json[] {
  if (mergeKey !== '') for (const item of [...list, ...order]) mergeKeyOf(expectObject(item), mergeKey);
  const places = placesOf(order, mergeKey);
  const placeOf = (item: Json): number => places.get(identityOf(item, mergeKey)) ?? -1;
  const kept = list.filter((item) => !isDeletion(item)).toSorted((a, b) => placeOf(a) - placeOf(b));
  return [...kept, ...list.filter(isDeletion)];
}

export function isDeletion(item: Json): boolean {
  return isJsonObject(item) && item[directiveMarker] === 'delete';
}

/** The elements that `named` names and those that it does not, put into one list. */
export function orderMerged(
  merged: readonly Json[],
  named: readonly Json[],
  serverOrder: readonly Json[],
  mergeKey: string,
): readonly Json[] {
  if (mergeKey !== '') for (const item of merged) mergeKeyOf(expectObject(item), mergeKey);
  const names = placesOf(named, mergeKey);
  const isNamed = (item: Json): boolean => names.has(identityOf(item, mergeKey));
  const fromPatch = sortByOrder(merged.filter(isNamed), named, mergeKey);
  const fromServer = sortByOrder(
    merged.filter((item) => !isNamed(item)),
    serverOrder,
    mergeKey,
  );
  return interleave(fromServer, fromPatch, placesOf(serverOrder, mergeKey), mergeKey);
}

function interleave(
  fromServer: readonly Json[],
  fromPatch: readonly Json[],
  serverPlaces: ReadonlyMap<Json | undefined, number>,
  mergeKey: string,
): readonly Json[] {
  const all: Json[] = [];
  let next = 0;
  for (const item of fromPatch) {
    const place = serverPlaces.get(identityOf(item, mergeKey));
    while (next < fromServer.length && isBefore(serverPlaces.get(identityOf(fromServer[next]!, mergeKey)), place)) {
      all.push(fromServer[next++]!);
    }
    all.push(item);
  }
  return [...all, ...fromServer.slice(next)];
}

function isBefore(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}

/** The first element with this merge key. */
export function findByKey(list: readonly Json[], mergeKey: string, value: Json): number {
  return list.findIndex((item, at) => {
    if (!isJsonObject(item)) throw unfit(`value for key ${at} is not a map`);
    return Object.hasOwn(item, mergeKey) && item[mergeKey] === value;
  });
}

/** Whether the elements of a patch come in the order that its `$setElementOrder` list gives. */
export function checkOrder(patchList: readonly Json[], setOrder: readonly Json[], mergeKey: string): void {
  if (patchList.length === 0 || setOrder.length === 0) return;
  const pending = patchList.filter((item) => !(isJsonObject(item) && Object.hasOwn(item, directiveMarker)));
  const keyOf = (item: Json): Json => (mergeKey === '' ? item : mergeKeyOf(expectObject(item), mergeKey));
  let at = 0;
  for (const item of setOrder) if (at < pending.length && keyOf(pending[at]!) === keyOf(item)) at++;
  if (at < pending.length) {
    throw unfit(
      `The order in patch list:\n${goText(patchList)}\n doesn't match $setElementOrder list:\n${goText(setOrder)}\n`,
    );
  }
}

/** As Go's `%v` sorts them. */
export function sortScalars(list: readonly Json[]): readonly Json[] {
  return list.toSorted((a, b) => compareText(goText(a), goText(b)));
}

export function sortByKey(list: readonly Json[], mergeKey: string): readonly JsonObject[] {
  return list.map(expectObject).toSorted((a, b) => compareText(goText(a[mergeKey]), goText(b[mergeKey])));
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
