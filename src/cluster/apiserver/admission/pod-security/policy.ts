import { invalid, type FieldError } from '../../../../api/index.ts';

export type Level = 'privileged' | 'baseline' | 'restricted';

export interface LevelVersion {
  readonly level: Level;
  /** `latest` or `v1.24` */
  readonly version: string;
}

export interface Policy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
}

const levels: readonly Level[] = ['privileged', 'baseline', 'restricted'];
const prefix = 'pod-security.kubernetes.io/';

export function policyText({ level, version }: LevelVersion): string {
  return `${level}:${version}`;
}

/** Negative when `a` is less strict than `b`. */
export function compareLevels(a: Level, b: Level): number {
  return levels.indexOf(a) - levels.indexOf(b);
}

export interface AskedPolicy {
  readonly policy: Policy;
  readonly errors: readonly FieldError[];
}

type Labels = Readonly<Record<string, string>>;

const unlabelled: Labels = {};
/** Labels of stored namespaces never change: each is read once, not with each of its pods. */
const known = new WeakMap<Labels, AskedPolicy>();

/** What a namespace's labels ask for. */
export function policyOf(labels: Labels = unlabelled): AskedPolicy {
  let asked = known.get(labels);
  if (!asked) known.set(labels, (asked = readPolicy(labels)));
  return asked;
}

/**
 * What cannot be read is `restricted` to enforce and nothing to warn of.
 * Upstream: PolicyToEvaluate in k8s.io/pod-security-admission/api/helpers.go
 */
function readPolicy(labels: Labels): AskedPolicy {
  const errors: FieldError[] = [];
  const mode = (name: string, onError: Level): LevelVersion => {
    const [givenLevel, givenVersion] = [labels[prefix + name], labels[`${prefix}${name}-version`]];
    const level = levels.find((each) => each === (givenLevel ?? 'privileged'));
    if (!level) errors.push(refused(prefix + name, givenLevel!, `must be one of ${levels.join(', ')}`));
    const isVersion = givenVersion === undefined || /^(?:latest|v1\.(?:\d|[1-9]\d*))$/.test(givenVersion);
    if (!isVersion) errors.push(refused(`${prefix}${name}-version`, givenVersion, 'must be "latest" or "v1.x"'));
    return { level: level ?? onError, version: isVersion ? (givenVersion ?? 'latest') : 'latest' };
  };
  const enforce = mode('enforce', 'restricted');
  const audit = mode('audit', 'privileged');
  const warn = mode('warn', 'privileged');
  // Whoever enforces wants to be warned, too, of templates that will not do.
  const isFollowing =
    levels.some((level) => level === labels[`${prefix}enforce`]) && labels[`${prefix}warn`] === undefined;
  if (!isFollowing || compareLevels(enforce.level, warn.level) <= 0)
    return { policy: { enforce, audit, warn }, errors };
  const version = labels[`${prefix}warn-version`] === undefined ? enforce.version : warn.version;
  return { policy: { enforce, audit, warn: { level: enforce.level, version } }, errors };
}

function refused(label: string, value: string, detail: string): FieldError {
  return invalid(`metadata.labels[${label}]`, value, detail);
}
