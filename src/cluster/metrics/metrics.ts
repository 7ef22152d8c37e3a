type Labels = readonly string[];

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly labels: Labels;
  /** Values of the labels, in their order, and the number. */
  read(): Iterable<readonly [values: Labels, value: number]>;
}

export interface FamilyOptions {
  readonly name: string;
  /** With its stability: `[STABLE] Counter of …`. */
  readonly help: string;
  readonly labels?: Labels;
}

/**
 * What happened in the cluster since it was made, in numbers, as Prometheus reads them.
 * Upstream: component-base/metrics; prometheus/common/expfmt
 * Differs: one page at the API server has the numbers of all components; after a replay, requests that only read are not counted again.
 */
export class Metrics {
  readonly #families: Family[] = [];

  /** Something that is counted up. */
  counter({ name, help, labels = [] }: FamilyOptions): Counter {
    const counter = new Counter();
    this.#families.push({ name, help, labels, type: 'counter', read: () => counter.read() });
    return counter;
  }

  /** Something that goes up and down, counted as it happens. */
  upDown({ name, help, labels = [] }: FamilyOptions): Counter {
    const counter = new Counter();
    this.#families.push({ name, help, labels, type: 'gauge', read: () => counter.read() });
    return counter;
  }

  /** Something that is looked up when somebody asks. */
  gauge({ name, help, labels = [] }: FamilyOptions, read: Family['read']): void {
    this.#families.push({ name, help, labels, type: 'gauge', read });
  }

  /** The text exposition format, version 0.0.4. */
  render(): string {
    const sorted = this.#families.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return sorted.map(renderFamily).join('');
  }
}

/** Counts by the values of labels. */
export class Counter {
  readonly #counts = new Map<string, { readonly values: Labels; count: number }>();

  add(values: Labels = [], by = 1): void {
    const key = values.join('\0');
    const known = this.#counts.get(key);
    if (known) known.count += by;
    else this.#counts.set(key, { values, count: by });
  }

  *read(): Generator<readonly [Labels, number]> {
    for (const { values, count } of this.#counts.values()) yield [values, count];
  }
}

function renderFamily({ name, help, type, labels, read }: Family): string {
  const samples = [...read()].map(([values, value]) => `${name}${renderLabels(labels, values)} ${value}\n`).sort();
  return samples.length === 0 ? '' : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.join('')}`;
}

function renderLabels(labels: Labels, values: Labels): string {
  if (labels.length === 0) return '';
  const pairs = labels.map((label, index) => `${label}="${escape(values[index] ?? '')}"`);
  return `{${pairs.sort().join(',')}}`;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
