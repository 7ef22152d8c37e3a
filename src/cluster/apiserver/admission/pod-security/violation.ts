/** What a check objects to. */
export interface Violation {
  /** `hostPort` */
  readonly reason: string;
  /** `container "c" uses hostPort 80` */
  readonly detail: string;
}

/** `privileged, hostPort` */
export function reasonsOf(violations: readonly Violation[]): string {
  return violations.map(({ reason }) => reason).join(', ');
}

/** `privileged (container "c" must not …), …` */
export function detailsOf(violations: readonly Violation[]): string {
  return violations.map(({ reason, detail }) => (detail ? `${reason} (${detail})` : reason)).join(', ');
}
