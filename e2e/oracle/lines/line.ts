/** One command line that both kubectls run. */
export interface Line {
  /** Without the program's name; words are split as a shell does. */
  readonly run: string;
  /** What it is called where the words alone do not tell it from others. */
  readonly title?: string;
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Virtual time that passes after it; 1 when absent. */
  readonly thenSeconds?: number;
  /** For what does not end by itself: interrupted once this has been printed, and compared up to there. */
  readonly until?: string;
  /** It writes the wall clock's second into an object: both have to run within the same one. */
  readonly isStamped?: boolean;
  /** The real one works on several things at once: the order of its lines is chance. */
  readonly isInAnyOrder?: boolean;
}

export function titleOf(line: string | Line): string {
  return typeof line === 'string' ? line : (line.title ?? line.run);
}

/** Lines that run one after the other on the same pair of clusters. */
export interface LineGroup {
  readonly name: string;
  /** Files in the folder where the lines run. Scripts (`.sh`) can be executed. */
  readonly files?: Readonly<Record<string, string>>;
  readonly lines: readonly (string | Line)[];
}
