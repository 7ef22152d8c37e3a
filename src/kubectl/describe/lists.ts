import type { Taint, Toleration, TopologySpreadConstraint } from '../../api/generated/types.ts';
import { formatLabelSelector } from '../../api/index.ts';
import type { DescribePage } from './page.ts';

type StringMap = Readonly<Record<string, string>>;

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const longestAnnotation = 140;

/** Several values under one title, one a line. */
function writeMultiline(page: DescribePage, title: string, lines: readonly string[]): void {
  if (lines.length === 0) page.write(0, `${title}:\t<none>\n`);
  lines.forEach((line, index) => page.write(0, `${index === 0 ? `${title}:` : ''}\t${line}\n`));
}

export function writeLabels(page: DescribePage, title: string, labels: StringMap | undefined): void {
  const keys = Object.keys(labels ?? {}).sort();
  writeMultiline(
    page,
    title,
    keys.map((key) => `${key}=${labels![key]}`),
  );
}

export function writeAnnotations(page: DescribePage, title: string, annotations: StringMap | undefined): void {
  const keys = Object.keys(annotations ?? {})
    .filter((key) => key !== lastApplied)
    .sort();
  if (keys.length === 0) page.write(0, `${title}:\t<none>\n`);
  keys.forEach((key, index) => {
    page.write(0, index === 0 ? `${title}:\t` : '\t');
    const value = annotations![key]!.replace(/\n$/, '');
    if (value.length + key.length + 2 <= longestAnnotation && !value.includes('\n')) {
      page.write(0, `${key}: ${value}\n`);
      return;
    }
    page.write(0, `${key}:\n`);
    for (const line of value.split('\n')) page.write(0, `\t  ${shorten(line, longestAnnotation - 2)}\n`);
  });
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}

export function writeTaints(page: DescribePage, taints: readonly Taint[] | undefined): void {
  const order = (taint: Taint) => `${taint.effect},${taint.key}`;
  const sorted = [...(taints ?? [])].sort((a, b) => compareText(order(a), order(b)));
  writeMultiline(page, 'Taints', sorted.map(taintText));
}

function taintText({ key, value, effect }: Taint): string {
  if (!effect) return value ? `${key}=${value}:` : key;
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}

export function writeTolerations(
  page: DescribePage,
  title: string,
  tolerations: readonly Toleration[] | undefined,
): void {
  const sorted = [...(tolerations ?? [])].sort((a, b) => compareText(a.key ?? '', b.key ?? ''));
  writeMultiline(page, title, sorted.map(tolerationText));
}

function tolerationText({ key = '', value = '', effect = '', operator, tolerationSeconds }: Toleration): string {
  let text = key + (value && `=${value}`) + (effect && `:${effect}`);
  if (operator === 'Exists' && !value) text += key || effect ? ' op=Exists' : 'op=Exists';
  return tolerationSeconds === undefined ? text : `${text} for ${tolerationSeconds}s`;
}

export function writeSpreadConstraints(
  page: DescribePage,
  constraints: readonly TopologySpreadConstraint[] | undefined,
  indent: string,
): void {
  const sorted = [...(constraints ?? [])].sort((a, b) => compareText(a.topologyKey, b.topologyKey));
  sorted.forEach((constraint, index) => {
    page.write(0, index === 0 ? `${indent}Topology Spread Constraints:\t` : `${indent}\t`);
    const selector = constraint.labelSelector ? ` for selector ${formatLabelSelector(constraint.labelSelector)}` : '';
    const { topologyKey, whenUnsatisfiable, maxSkew } = constraint;
    page.write(0, `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}\n`);
  });
}

/** `a=1,b=2`; `<none>` when there is nothing. */
export function labelsText(labels: StringMap | undefined): string {
  const keys = Object.keys(labels ?? {}).sort();
  return keys.map((key) => `${key}=${labels![key]}`).join(',') || '<none>';
}

/** In the order of code units, as Go compares. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A boolean that may not be set. */
export function goBool(value: boolean | undefined): string {
  if (value === undefined) return '<unset>';
  return value ? 'True' : 'False';
}

/** `[a b]`, as Go prints a list. */
export function goList(items: readonly string[] | undefined): string {
  return `[${(items ?? []).join(' ')}]`;
}
