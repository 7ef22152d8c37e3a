import type { Namespace, Pod } from '../../../api/generated/types.ts';
import { controllerOf, throwIfInvalid } from '../../../api/index.ts';
import type { Collection } from '../../store/index.ts';
import { ruleBook } from '../registry/rule-book.ts';
import type { AdmissionPlugin, Attributes } from './admission.ts';
import { hasTemplates, podTemplateOf, type CheckedPod } from './pod-security/pod-template-of.ts';
import { compareLevels, policyOf, policyText, type LevelVersion, type Policy } from './pod-security/policy.ts';
import { detailsOf, reasonsOf, type Violation } from './pod-security/violation.ts';
import { refuse } from './refusal.ts';

/** Sub-resources of pods that change nothing about what a pod may do. */
const harmless = ['exec', 'attach', 'binding', 'eviction', 'log', 'portforward', 'proxy', 'status'];
/** More pods of a namespace than these are not looked at when its level changes. */
const maxPods = 3000;

/**
 * Holds pods to the security level that their namespace's labels name, and warns whoever writes templates that would not.
 * Upstream: k8s.io/pod-security-admission, plugin/pkg/admission/security/podsecurity
 * Differs: violations of the `audit` level are found out and not written anywhere.
 */
export function podSecurity(namespaces: Collection<Namespace>, pods: Collection<Pod>): AdmissionPlugin {
  return {
    name: 'PodSecurity',
    handles: ({ group, resource }, operation, subresource) => {
      if (operation !== 'CREATE' && operation !== 'UPDATE') return false;
      if (group === '' && resource === 'pods') return !harmless.includes(subresource);
      if (group === '' && resource === 'namespaces') return subresource === '';
      return subresource === '' && hasTemplates({ group, resource });
    },
    validate: (object, attributes) => {
      const { definition, namespace } = attributes;
      if (definition.resource === 'namespaces') {
        validateNamespace(object as Namespace, attributes, pods);
        return;
      }
      const labels = namespaces.get(namespace)?.metadata.labels;
      const { policy, errors } = policyOf(labels);
      const isPod = definition.resource === 'pods';
      const isFree = policy.warn.level === 'privileged' && (!isPod || policy.enforce.level === 'privileged');
      if (errors.length === 0 && isFree) return;
      if (isPod && !isSignificant(object as Pod, attributes)) return;
      const checked = isPod ? (object as Pod) : podTemplateOf(object!, definition);
      if (checked) check(checked, policy, attributes, isPod);
    },
  };
}

/** The checks come with the rules of pods and of what pods are made from: there is nothing to check before. */
function evaluate(policy: LevelVersion, pod: CheckedPod): readonly Violation[] {
  return policy.level === 'privileged' ? [] : ruleBook.code.evaluatePodSecurity(policy, pod);
}

function check(pod: CheckedPod, { enforce, warn }: Policy, attributes: Attributes, isEnforced: boolean): void {
  const enforced = isEnforced ? evaluate(enforce, pod) : [];
  if (enforced.length > 0) {
    throw refuse(attributes, `violates PodSecurity "${policyText(enforce)}": ${detailsOf(enforced)}`);
  }
  const warned = evaluate(warn, pod);
  if (warned.length > 0) attributes.warn?.(`would violate PodSecurity "${policyText(warn)}": ${detailsOf(warned)}`);
}

/** An update counts when it brings other images or containers. Upstream: isSignificantPodUpdate */
function isSignificant({ spec }: Pod, { operation, old }: Attributes): boolean {
  if (operation !== 'UPDATE') return true;
  const before = (old as Pod).spec;
  const lists = ['containers', 'initContainers'] as const;
  const isChanged = lists.some((field) => {
    const [next = [], last = []] = [spec[field], before[field]];
    return next.length !== last.length || next.some(({ image }, at) => image !== last[at]!.image);
  });
  return (
    isChanged ||
    (spec.ephemeralContainers ?? []).some(({ name, image }) => {
      const known = before.ephemeralContainers?.find((container) => container.name === name);
      return known?.image !== image;
    })
  );
}

function validateNamespace({ metadata }: Namespace, attributes: Attributes, pods: Collection<Pod>): void {
  const { definition, operation, old, warn } = attributes;
  const next = policyOf(metadata.labels);
  if (operation === 'CREATE') {
    throwIfInvalid(definition, metadata.name, next.errors);
    return;
  }
  const last = policyOf(old!.metadata.labels);
  const isNews = next.errors.length > 0 && JSON.stringify(next.errors) !== JSON.stringify(last.errors);
  if (isNews) throwIfInvalid(definition, metadata.name, next.errors);
  const [enforce, before] = [next.policy.enforce, last.policy.enforce];
  if (enforce.level === 'privileged') return;
  if (enforce.version === before.version && compareLevels(enforce.level, before.level) < 1) return;
  for (const text of warningsFor([...pods.list(metadata.name).objects], enforce, metadata.name)) warn?.(text);
}

/** Which pods would not be let in again. Upstream: EvaluatePodsInNamespace */
function warningsFor(pods: readonly Pod[], enforce: LevelVersion, namespace: string): readonly string[] {
  const chosen = oneOfEachFirst(pods).slice(0, maxPods);
  const byReason = new Map<string, string[]>();
  for (const pod of chosen) {
    const reason = reasonsOf(evaluate(enforce, pod));
    if (reason) byReason.set(reason, [...(byReason.get(reason) ?? []), pod.metadata.name]);
  }
  const lines = [...byReason].map(([reason, names]) => `${someOf(names)}: ${reason}`).toSorted();
  const text = `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${policyText(enforce)}"`;
  const left = `new PodSecurity enforce level only checked against the first ${chosen.length} of ${pods.length} existing pods`;
  return [...(chosen.length < pods.length ? [left] : []), ...(lines.length > 0 ? [text, ...lines] : [])];
}

function someOf(names: readonly string[]): string {
  const first = names.toSorted()[0]!;
  if (names.length === 1) return first;
  return names.length === 2 ? `${first} (and 1 other pod)` : `${first} (and ${names.length - 1} other pods)`;
}

/** Pods of one controller are much alike. */
function oneOfEachFirst(pods: readonly Pod[]): readonly Pod[] {
  const seen = new Set<string>();
  const [firsts, others]: [Pod[], Pod[]] = [[], []];
  for (const pod of pods) {
    const owner = controllerOf(pod)?.uid;
    if (owner !== undefined && seen.has(owner)) others.push(pod);
    else firsts.push(pod);
    if (owner !== undefined) seen.add(owner);
  }
  return [...firsts, ...others];
}
