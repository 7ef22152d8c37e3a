import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from '../../../api/generated/types.ts';

/**
 * Whether version `a` comes before `b`: stable ones first, then beta, then alpha, the higher first; others last.
 * Upstream: apimachinery/pkg/version/helpers.go CompareKubeAwareVersionStrings
 */
export function compareVersions(a: string, b: string): number {
  const [mine, theirs] = [parse(a), parse(b)];
  if (!mine || !theirs) return mine ? -1 : theirs ? 1 : a < b ? -1 : a > b ? 1 : 0;
  return theirs.level - mine.level || theirs.major - mine.major || theirs.minor - mine.minor;
}

function parse(version: string) {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!match) return undefined;
  const level = match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0;
  return { level, major: Number(match[1]), minor: Number(match[3] ?? 0) };
}

/** The warning for everybody who uses a deprecated version. Upstream: defaultDeprecationWarning in customresource_handler.go */
export function deprecationOf(
  { spec }: CustomResourceDefinition,
  version: CustomResourceDefinitionVersion,
): string | undefined {
  if (!version.deprecated) return undefined;
  if (version.deprecationWarning !== undefined) return version.deprecationWarning;
  const { group, names, versions } = spec;
  const better = versions
    .filter((one) => one.served && !one.deprecated && compareVersions(one.name, version.name) < 0)
    .map(({ name }) => name)
    .toSorted(compareVersions)[0];
  const use = better === undefined ? '' : `; use ${group}/${better} ${names.kind}`;
  return `${group}/${version.name} ${names.kind} is deprecated${use}`;
}
