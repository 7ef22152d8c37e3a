import type { ClusterRole, PolicyRule, Role } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { compareText, goList, writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go RoleDescriber, ClusterRoleDescriber */
export const describeRole: Describer<Role | ClusterRole> = async ({ metadata, rules }) => {
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.write(0, 'PolicyRule:\n');
  page.write(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n');
  page.write(1, '---------\t-----------------\t--------------\t-----\n');
  for (const rule of compactRules(rules ?? [])) {
    const { nonResourceURLs, resourceNames, verbs } = rule;
    page.write(1, `${resourceText(rule)}\t${goList(nonResourceURLs)}\t${goList(resourceNames)}\t${goList(verbs)}\n`);
  }
  return page.end();
};

/** One rule for each resource or path, with all that may be done to it. Upstream: kubectl/pkg/util/rbac */
function compactRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const simple = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } of rules) {
    for (const group of apiGroups) {
      for (const resource of resources) {
        for (const name of resourceNames.length > 0 ? resourceNames : [undefined]) {
          const key = JSON.stringify([group, resource, name]);
          const known = simple.get(key)?.verbs ?? [];
          const names = name === undefined ? {} : { resourceNames: [name] };
          const all = [...known, ...verbs.filter((verb) => !known.includes(verb))];
          simple.set(key, { verbs: all, apiGroups: [group], resources: [resource], ...names });
        }
      }
    }
    for (const url of nonResourceURLs) for (const verb of verbs) others.push({ verbs: [verb], nonResourceURLs: [url] });
  }
  return [...simple.values(), ...others].sort((a, b) => compareText(goText(a), goText(b)));
}

/** As Go prints a rule: what they are sorted by. */
function goText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  const fields = {
    Verbs: verbs,
    APIGroups: apiGroups,
    Resources: resources,
    ResourceNames: resourceNames,
    NonResourceURLs: nonResourceURLs,
  };
  const text = Object.entries(fields).map(([name, items]) => `${name}:${goList(items)},`);
  return `&PolicyRule{${text.join('')}}`;
}

/** `deployments.apps/scale` */
function resourceText({ resources: [resource] = [], apiGroups: [group] = [] }: PolicyRule): string {
  if (resource === undefined) return '';
  const slash = resource.indexOf('/');
  const name = slash < 0 ? resource : resource.slice(0, slash);
  return name + (group ? `.${group}` : '') + (slash < 0 ? '' : resource.slice(slash));
}
