import { baselineChecks } from './baseline-checks.ts';
import type { Check, VersionedCheck } from './check.ts';
import type { CheckedPod } from './pod-template-of.ts';
import { policyText, type LevelVersion } from './policy.ts';
import { restrictedChecks } from './restricted-checks.ts';
import type { Violation } from './violation.ts';

/** The newest rules that there are. */
const newestMinor = 35;

const checksByPolicy = new Map<string, readonly Check[]>();

/** What a level objects to. Upstream: EvaluatePod in k8s.io/pod-security-admission/policy/registry.go */
export function evaluatePodSecurity(policy: LevelVersion, pod: CheckedPod): readonly Violation[] {
  if (policy.level === 'privileged') return [];
  const key = policyText(policy);
  const checks = checksByPolicy.get(key) ?? checksOf(policy);
  checksByPolicy.set(key, checks);
  return checks.flatMap((check) => check(pod) ?? []);
}

function checksOf({ level, version }: LevelVersion): readonly Check[] {
  const minor = version === 'latest' ? newestMinor : Math.min(newestMinor, Number(version.slice('v1.'.length)));
  const at = ({ versions }: VersionedCheck): readonly Check[] => {
    const found = versions.findLast(([since]) => since <= minor);
    return found ? [found[1]] : [];
  };
  if (level === 'baseline') return baselineChecks.flatMap(at);
  const replaced = restrictedChecks.filter((check) => at(check).length > 0).map(({ replaces }) => replaces);
  const kept = baselineChecks.filter(({ id }) => !replaced.includes(id));
  return [...kept, ...restrictedChecks].flatMap(at);
}
