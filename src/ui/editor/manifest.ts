import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
} from 'yaml';

/** A file of manifests: its YAML documents with their places in the text. */
export interface Manifest {
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
  readonly lines: LineCounter;
}

export type Path = readonly (string | number)[];

export function parseManifest(text: string): Manifest {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { version: '1.1', lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  return { text, documents: Array.isArray(parsed) ? parsed : [], lines };
}

export interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
}

export function identityOf(document: Document): Identity {
  const read = (name: string) => {
    const value: unknown = document.has(name) ? document.get(name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return isMap(document.contents)
    ? { apiVersion: read('apiVersion'), kind: read('kind') }
    : { apiVersion: '', kind: '' };
}

/** The document that an offset lies in: the last one that begins before it. */
export function documentAt({ documents, text }: Manifest, offset: number): Document.Parsed | undefined {
  let found = documents[0];
  for (const document of documents) {
    // A document's own range begins after its `---`.
    const start = document.range[0];
    if (start <= offset || text.slice(offset, start).trim() === '') found = document;
    if (start > offset) break;
  }
  return found;
}

/** The node at a path, or the nearest above it that is there. */
export function nodeAt(document: Document, path: Path): Node | undefined {
  let node = document.contents as Node | null;
  let found: Node | undefined = node ?? undefined;
  for (const part of path) {
    if (isMap(node)) node = (node.get(part, true) as Node | undefined) ?? null;
    else if (isSeq(node) && typeof part === 'number') node = (node.items[part] as Node | undefined) ?? null;
    else node = null;
    if (!node) return found;
    found = node;
  }
  return found;
}

/** The key or value of a mapping that an offset is on, with its path. */
export function fieldAt(document: Document, offset: number): { readonly path: Path; readonly pair: Pair } | undefined {
  let node: unknown = document.contents;
  let path: Path = [];
  let field: { path: Path; pair: Pair } | undefined;
  for (;;) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isWithin(item, offset));
      if (!pair || !isScalar(pair.key)) return field;
      path = [...path, String(pair.key.value)];
      field = { path, pair };
      node = pair.value;
    } else if (isSeq(node)) {
      const index = node.items.findIndex((item) => isNode(item) && covers(item.range, offset));
      if (index < 0) return field;
      path = [...path, index];
      node = node.items[index];
    } else return field;
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'range' in value;

const covers = (range: Node['range'], offset: number) =>
  range !== null && range !== undefined && offset >= range[0] && offset <= range[2];

function isWithin({ key, value }: Pair, offset: number): boolean {
  return (isNode(key) && covers(key.range, offset)) || (isNode(value) && covers(value.range, offset));
}
