/** A lesson as the page and the player use it. Texts are Markdown unless they say otherwise. */
export interface Lesson {
  /** `foundations/01-pods`: its folder below `lessons/`. */
  readonly id: string;
  readonly track: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  /** What is said before the first step. */
  readonly introduction: string;
  /** Manifests that are applied before the learner begins (YAML, several documents). */
  readonly start: string;
  /** Virtual seconds that the start state gets to settle. */
  readonly settleSeconds: number;
  readonly steps: readonly LessonStep[];
}

export interface LessonStep {
  /** `first-pod` */
  readonly id: string;
  readonly title: string;
  /** What is explained before the task. */
  readonly prose: string;
  readonly task: string;
  /** From a nudge to nearly the answer; shown one at a time. */
  readonly hints: readonly string[];
  /** Sentences of the check language. */
  readonly checks: readonly string[];
  /** A script for the terminal that solves the step. */
  readonly solution: string;
}

/** What a check looked at. A check never says just "failed". */
export interface CheckResult {
  readonly sentence: string;
  readonly passed: boolean;
  readonly wanted: string;
  readonly found: string;
}
