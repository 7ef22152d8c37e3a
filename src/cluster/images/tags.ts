/** A series of releases: major and minor version, first and last patch. */
export type Series = readonly [minor: string, first: number, last: number];

/** Every tag that a repository gets from its series: `1.25`, `1.25.0` …, each also with each suffix (`-alpine`). */
export function releaseTags(series: readonly Series[], suffixes: readonly string[] = ['']): string[] {
  const versions = series.flatMap(([minor, first, last]) => [
    minor,
    ...Array.from({ length: last - first + 1 }, (_, n) => `${minor}.${first + n}`),
  ]);
  return versions.flatMap((version) => suffixes.map((suffix) => version + suffix));
}

/** The version behind a tag: `1.25.5` for `1.25-alpine`, the newest one for `latest` or `alpine`. */
export function versionOf(tag: string, series: readonly Series[]): string {
  const version = /^\d+(?:\.\d+)*/.exec(tag)?.[0];
  if (version?.split('.').length === 3) return version;
  const matching = series.filter(
    ([minor]) => version === undefined || minor === version || minor.startsWith(`${version}.`),
  );
  const [minor, , last] = matching.at(-1) ?? series.at(-1)!;
  return `${minor}.${last}`;
}

/** A number that is the same for the same text: sizes of tags vary with it a little, as they do in life. */
export function variation(text: string, range: number): number {
  let hash = 7;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) >>> 0;
  return hash % range;
}
