/** What stands between `%` and the verb. */
export interface Directive {
  readonly verb: string;
  readonly flags: ReadonlySet<string>;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}
