import {
  boxed,
  dataOf,
  isMap,
  unboxed,
  valueOf,
  type MaybeValue,
  type TemplateFunctions,
} from '../../go-template/index.ts';

/** What kubectl's templates can call besides Go's own functions. Upstream: cli-runtime/pkg/printers/template.go */
export const templateFunctions: TemplateFunctions = {
  exists: {
    parameters: ['interface {}', 'interface {}'],
    isVariadic: true,
    call: (item, ...path) => valueOf(exists(item, path)),
  },
  base64decode: { parameters: ['string'], call: (text) => valueOf(decodeBase64(dataOf(text) as string)) },
};

/** Whether `index` would find something. */
function exists(item: MaybeValue, path: readonly MaybeValue[]): boolean {
  let found = unboxed(item);
  for (const step of path) {
    const data = dataOf(found);
    const key = dataOf(step);
    if (isMap(data) && typeof key === 'string') found = unboxed(boxed(Object.hasOwn(data, key) ? data[key] : null));
    else if (Array.isArray(data) && typeof key === 'bigint') found = unboxed(boxed(data[Number(key)]));
    else if (typeof data === 'string' && typeof key === 'bigint') found = valueOf(charAt(data, Number(key)));
    else return false;
  }
  return found !== undefined;
}

function charAt(text: string, at: number): unknown {
  const byte = new TextEncoder().encode(text)[at];
  return byte === undefined ? undefined : BigInt(byte);
}

function decodeBase64(text: string): string {
  const plain = text.replace(/[\r\n]/g, '');
  const good = /^(?:[A-Za-z0-9+/]{4})*/.exec(plain)![0].length;
  const rest = plain.slice(good);
  if (rest !== '' && !/^(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/.test(rest)) {
    throw new Error(`base64 decode failed: illegal base64 data at input byte ${good + mistakeIn(rest)}`);
  }
  return new TextDecoder().decode(Uint8Array.from(atob(plain), (char) => char.charCodeAt(0)));
}

/** Where Go's decoder stops in a last group that is not whole. */
function mistakeIn(rest: string): number {
  const letters = /^[A-Za-z0-9+/]*/.exec(rest)![0].length;
  return letters === rest.length ? 0 : letters;
}
