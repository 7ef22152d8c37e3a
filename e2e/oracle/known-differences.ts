export interface KnownDifference {
  /** The command line, as in the tables. */
  readonly run: string;
  readonly reason: string;
}

/** Where our kubectl prints something else than the real one, and why. Held true: a line that agrees must not be here. */
export const knownDifferences: readonly KnownDifference[] = [];
