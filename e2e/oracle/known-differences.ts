export interface KnownDifference {
  /** The command line's title in the tables. */
  readonly title: string;
  readonly reason: string;
}

/** Where our kubectl prints something else than the real one, and why. Held true: a line that agrees must not be here. */
export const knownDifferences: readonly KnownDifference[] = [
  ...because('help is in our own words', ['create secret', 'rollout', 'config']),
  ...because('facts about the build are our own', ['version -o json', 'version -o yaml']),
  ...because('no such command', ['proxy --port=nonsense', 'alpha nonsense']),
];

function because(reason: string, titles: readonly string[]): readonly KnownDifference[] {
  return titles.map((title) => ({ title, reason }));
}
