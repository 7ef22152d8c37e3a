import type { Environment } from '@marcbachmann/cel-js';

const pattern =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

class CelSemver {
  readonly numbers: readonly bigint[];
  readonly labels: readonly string[];

  constructor(text: string) {
    const match = pattern.exec(text);
    if (!match) throw new Error(`invalid semver: ${JSON.stringify(text)}`);
    this.numbers = match.slice(1, 4).map(BigInt);
    this.labels = match[4]?.split('.') ?? [];
  }
}

/** Upstream: apiserver/pkg/cel/library/semverlib.go */
export function registerSemver(environment: Environment): void {
  const type = 'kubernetes.Semver';
  environment
    .registerType(type, CelSemver)
    .registerFunction(`semver(string): ${type}`, (text: string) => new CelSemver(text))
    .registerFunction(
      `semver(string, bool): ${type}`,
      (text: string, isLoose: boolean) => new CelSemver(isLoose ? normalised(text) : text),
    )
    .registerFunction('isSemver(string): bool', (text: string) => pattern.test(text))
    .registerFunction('isSemver(string, bool): bool', (text: string, isLoose: boolean) =>
      pattern.test(isLoose ? normalised(text) : text),
    )
    .registerFunction(`${type}.isGreaterThan(${type}): bool`, (a, b) => compare(a, b) > 0)
    .registerFunction(`${type}.isLessThan(${type}): bool`, (a, b) => compare(a, b) < 0)
    .registerFunction(`${type}.compareTo(${type}): int`, (a, b) => BigInt(compare(a, b)))
    .registerFunction(`${type}.major(): int`, ({ numbers }: CelSemver) => numbers[0]!)
    .registerFunction(`${type}.minor(): int`, ({ numbers }: CelSemver) => numbers[1]!)
    .registerFunction(`${type}.patch(): int`, ({ numbers }: CelSemver) => numbers[2]!);
}

/** `v1.2` is 1.2.0. */
function normalised(text: string): string {
  const [core = '', ...rest] = text.replace(/^v/, '').split(/(?=[-+])/);
  const numbers = core.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (numbers.length < 3) numbers.push('0');
  return numbers.join('.') + rest.join('');
}

function compare(a: CelSemver, b: CelSemver): number {
  for (const [at, number] of a.numbers.entries()) {
    if (number !== b.numbers[at]) return number < b.numbers[at]! ? -1 : 1;
  }
  if (a.labels.length === 0 || b.labels.length === 0) return Math.sign(b.labels.length - a.labels.length);
  for (const [at, label] of a.labels.entries()) {
    const other = b.labels[at];
    if (other === undefined) return 1;
    if (label !== other) return compareLabels(label, other);
  }
  return a.labels.length < b.labels.length ? -1 : 0;
}

function compareLabels(a: string, b: string): number {
  const [mine, theirs] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (mine && theirs) return Number(a) < Number(b) ? -1 : 1;
  if (mine !== theirs) return mine ? -1 : 1;
  return a < b ? -1 : 1;
}
