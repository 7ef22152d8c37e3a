/** What a key holds. */
export type RedisValue =
  | { readonly kind: 'string'; text: string }
  | { readonly kind: 'list'; readonly items: string[] }
  | { readonly kind: 'hash'; readonly fields: Map<string, string> }
  | { readonly kind: 'set'; readonly members: Set<string> };

interface Entry {
  readonly value: RedisValue;
  expiresMs: number | undefined;
}

/** A command met a key of another kind. */
export class WrongType extends Error {
  override readonly name = 'WrongType';
}

/** Keys and values, with their times to live. */
export class RedisStore {
  readonly #entries = new Map<string, Entry>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get nowMs(): number {
    return this.#nowMs();
  }

  #entry(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.expiresMs === undefined || entry.expiresMs > this.#nowMs()) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  get(key: string): RedisValue | undefined {
    return this.#entry(key)?.value;
  }

  /** The value if it is of this kind; throws WrongType for another. */
  as<Kind extends RedisValue['kind']>(key: string, kind: Kind): Extract<RedisValue, { kind: Kind }> | undefined {
    const value = this.get(key);
    if (value && value.kind !== kind) throw new WrongType();
    return value as Extract<RedisValue, { kind: Kind }> | undefined;
  }

  set(key: string, value: RedisValue, expiresMs?: number): void {
    this.#entries.set(key, { value, expiresMs });
  }

  delete(key: string): boolean {
    return this.#entry(key) !== undefined && this.#entries.delete(key);
  }

  /** Containers that ran empty are no keys any more. */
  tidy(key: string): void {
    const value = this.get(key);
    const isEmpty =
      (value?.kind === 'list' && value.items.length === 0) ||
      (value?.kind === 'hash' && value.fields.size === 0) ||
      (value?.kind === 'set' && value.members.size === 0);
    if (isEmpty) this.#entries.delete(key);
  }

  expiryOf(key: string): number | undefined {
    return this.#entry(key)?.expiresMs;
  }

  expireAt(key: string, expiresMs: number | undefined): boolean {
    const entry = this.#entry(key);
    if (entry) entry.expiresMs = expiresMs;
    return entry !== undefined;
  }

  keys(): readonly string[] {
    return [...this.#entries.keys()].filter((key) => this.#entry(key));
  }

  clear(): void {
    this.#entries.clear();
  }

  /** For saving: plain JSON. */
  dump(): readonly (readonly [string, unknown, number | undefined])[] {
    return this.keys().map((key) => {
      const { value, expiresMs } = this.#entries.get(key)!;
      const plain =
        value.kind === 'hash'
          ? { kind: 'hash', fields: [...value.fields] }
          : value.kind === 'set'
            ? { kind: 'set', members: [...value.members] }
            : value;
      return [key, plain, expiresMs] as const;
    });
  }

  restore(dump: ReturnType<RedisStore['dump']>): void {
    for (const [key, plain, expiresMs] of dump) {
      const saved = plain as {
        kind: RedisValue['kind'];
        text: string;
        items: string[];
        fields: [string, string][];
        members: string[];
      };
      const value: RedisValue =
        saved.kind === 'string'
          ? { kind: 'string', text: saved.text }
          : saved.kind === 'list'
            ? { kind: 'list', items: saved.items }
            : saved.kind === 'hash'
              ? { kind: 'hash', fields: new Map(saved.fields) }
              : { kind: 'set', members: new Set(saved.members) };
      this.set(key, value, expiresMs ?? undefined);
    }
  }
}
