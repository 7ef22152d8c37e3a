import { CommandError } from '../../errors/command-error.ts';
import type { Invocation } from '../../command/invocation.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import type { JsonObject } from '../../resource/json.ts';
import { NoMatchError, NoResourceMatchError } from '../../rest/rest-mapper.ts';
import { draft, generatorCommand } from './generator.ts';

const standardVerbs =
  '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(' ');

const nonResourceVerbs = ['*', 'get', 'post', 'put', 'delete', 'patch', 'head', 'options'];

/** Verbs that only make sense on a few resources: `group/resource`. */
const specialVerbs: Readonly<Record<string, readonly string[]>> = {
  use: ['policy/podsecuritypolicies', 'extensions/podsecuritypolicies'],
  bind: ['rbac.authorization.k8s.io/roles', 'rbac.authorization.k8s.io/clusterroles'],
  escalate: ['rbac.authorization.k8s.io/roles', 'rbac.authorization.k8s.io/clusterroles'],
  impersonate: ['/users', '/serviceaccounts', '/groups', 'authentication.k8s.io/userextras'],
};

interface RuleResource {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
}

function declareRuleFlags(flags: FlagSet): void {
  flags.stringSlice('verb', 'What the rule lets one do');
  flags.stringSlice('resource', 'The resources that the rule is about');
  flags.stringArray('resource-name', 'The name of an object that the rule is limited to; repeat it for several');
}

/** Upstream: kubectl/pkg/cmd/create/create_role.go */
export const createRole = generatorCommand({
  name: 'role',
  short: 'Create a role with single rule',
  examples: `# A role that may get, watch and list pods
kubectl create role pod-reader --verb=get --verb=list --verb=watch --resource=pods

# The same for two pods only
kubectl create role pod-reader --verb=get --resource=pods --resource-name=readablepod --resource-name=anotherpod

# For a resource of an API group
kubectl create role foo --verb=get,list,watch --resource=rs.apps

# For a subresource
kubectl create role foo --verb=get,list,watch --resource=pods,pods/status`,
  usage:
    'role NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
  mapping: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'roles', kind: 'Role', isNamespaced: true },
  declareOwn: declareRuleFlags,
  generate: async (invocation, name) => {
    const verbs = verbsOf(invocation);
    const resources = resourcesOf(invocation);
    if (verbs.length === 0) throw new CommandError('at least one verb must be specified');
    warnAboutVerbs(invocation, verbs);
    if (resources.length === 0) throw new CommandError('at least one resource must be specified');
    await checkResources(invocation, resources, verbs);
    return draft('rbac.authorization.k8s.io/v1', 'Role', name, {
      rules: await rulesOf(invocation, verbs, resources, []),
    });
  },
});

/** Upstream: kubectl/pkg/cmd/create/create_clusterrole.go */
export const createClusterRole = generatorCommand({
  name: 'clusterrole',
  short: 'Create a cluster role',
  examples: `# A cluster role that may get, watch and list pods
kubectl create clusterrole pod-reader --verb=get,list,watch --resource=pods

# For a path that is no resource
kubectl create clusterrole "foo" --verb=get --non-resource-url=/logs/*

# Put together from other cluster roles
kubectl create clusterrole monitoring --aggregation-rule="rbac.example.com/aggregate-to-monitoring=true"`,
  usage:
    'clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
  mapping: {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    resource: 'clusterroles',
    kind: 'ClusterRole',
    isNamespaced: false,
  },
  declareOwn: (flags) => {
    declareRuleFlags(flags);
    flags.stringSlice('non-resource-url', 'A path of the API server that is no resource.');
    flags.stringToString('aggregation-rule', 'Labels of the cluster roles to put together.', { shownDefault: '' });
  },
  generate: async (invocation, name) => {
    const verbs = verbsOf(invocation);
    const resources = resourcesOf(invocation);
    const urls = [...new Set(invocation.flags.getStrings('non-resource-url'))];
    const aggregation = Object.fromEntries(invocation.flags.getMap('aggregation-rule'));
    const kind = 'ClusterRole';
    if (Object.keys(aggregation).length > 0) {
      if (urls.length + verbs.length + resources.length + invocation.flags.getStrings('resource-name').length > 0) {
        throw new CommandError(
          'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
        );
      }
      return draft('rbac.authorization.k8s.io/v1', kind, name, {
        rules: null,
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregation }] },
      });
    }
    if (verbs.length === 0) throw new CommandError('at least one verb must be specified');
    if (resources.length + urls.length === 0) {
      throw new CommandError('one of resource or nonResourceURL must be specified');
    }
    if (resources.length > 0) {
      warnAboutVerbs(invocation, verbs);
      await checkResources(invocation, resources, verbs);
    }
    checkUrls(urls, verbs);
    return draft('rbac.authorization.k8s.io/v1', kind, name, {
      rules: await rulesOf(invocation, verbs, resources, urls),
    });
  },
});

function verbsOf(invocation: Invocation): string[] {
  const verbs = [...new Set(invocation.flags.getStrings('verb'))];
  return verbs.includes('*') ? ['*'] : verbs;
}

function resourcesOf(invocation: Invocation): RuleResource[] {
  const resources: RuleResource[] = [];
  for (const text of invocation.flags.getStrings('resource')) {
    const slash = text.indexOf('/');
    const subresource = slash < 0 ? '' : text.slice(slash + 1);
    const whole = slash < 0 ? text : text.slice(0, slash);
    const dot = whole.indexOf('.');
    const resource = dot < 0 ? whole : whole.slice(0, dot);
    const entry = { group: dot < 0 ? '' : whole.slice(dot + 1), resource, subresource };
    if (resource === '*' && dot < 0 && slash < 0) return [entry];
    resources.push(entry);
  }
  return resources;
}

function warnAboutVerbs(invocation: Invocation, verbs: readonly string[]): void {
  for (const verb of verbs) {
    if (!standardVerbs.includes(verb)) invocation.complain(`Warning: '${verb}' is not a standard resource verb\n`);
  }
}

/** Group and plural name as the server knows them. */
async function resolve(invocation: Invocation, { group, resource }: RuleResource): Promise<RuleResource | Error> {
  try {
    const mapping = await invocation.mappingFor(group === '' ? resource : `${resource}.${group}`);
    return { group: mapping.group, resource: mapping.resource, subresource: '' };
  } catch (error) {
    if (error instanceof NoMatchError) {
      const where = group === '' ? '' : ` in group "${group}"`;
      return new NoResourceMatchError(`the server doesn't have a resource type "${resource}"${where}`);
    }
    throw error;
  }
}

async function checkResources(
  invocation: Invocation,
  resources: readonly RuleResource[],
  verbs: readonly string[],
): Promise<void> {
  for (const wanted of resources) {
    if (wanted.resource === '') throw new CommandError('resource must be specified if apiGroup/subresource specified');
    if (wanted.resource === '*') return;
    const found = await resolve(invocation, wanted);
    const { group, resource } = found instanceof Error ? wanted : found;
    let isKnown = !(found instanceof Error);
    for (const verb of verbs) {
      const allowed = specialVerbs[verb];
      if (!allowed) continue;
      if (!allowed.includes(`${group}/${resource}`)) {
        throw new CommandError(`can not perform '${verb}' on '${resource}' in group '${group}'`);
      }
      isKnown = true;
    }
    if (!isKnown) throw found;
  }
}

function checkUrls(urls: readonly string[], verbs: readonly string[]): void {
  if (urls.length === 0) return;
  for (const verb of verbs) {
    if (!nonResourceVerbs.includes(verb)) throw new CommandError(`invalid verb: '${verb}' for nonResourceURL`);
  }
  for (const url of urls.filter((each) => each !== '*')) {
    if (!url.startsWith('/')) throw new CommandError('nonResourceURL should start with /');
    if (url.slice(0, -1).includes('*')) {
      throw new CommandError("nonResourceURL only supports wildcard matches when '*' is at the end");
    }
  }
}

async function rulesOf(
  invocation: Invocation,
  verbs: string[],
  resources: readonly RuleResource[],
  urls: string[],
): Promise<JsonObject[]> {
  const byGroup = new Map<string, string[]>();
  for (const wanted of resources) {
    const found = wanted.resource === '*' ? wanted : await resolve(invocation, wanted);
    const { group, resource } = found instanceof Error ? wanted : found;
    const name = wanted.subresource === '' ? resource : `${resource}/${wanted.subresource}`;
    const names = byGroup.get(group) ?? [];
    if (!names.includes(name)) names.push(name);
    byGroup.set(group, names);
  }
  const names = [...new Set(invocation.flags.getStrings('resource-name'))];
  const rules = [...byGroup.keys()].toSorted().map((group): JsonObject => ({
    verbs,
    apiGroups: [group],
    resources: byGroup.get(group)!,
    ...(names.length > 0 && { resourceNames: names }),
  }));
  return urls.length > 0 ? [...rules, { verbs, nonResourceURLs: urls }] : rules;
}
