import type { PolicyRule } from '../../api/generated/types.ts';

/**
 * Roles as short tables: a line with a name in column 0 begins a role, the indented lines below it are its rules.
 *
 *     system:kube-dns
 *       list,watch core endpoints services
 *
 * A rule is its verbs, its API groups (`core` is the one without a name, `url` means paths), what it is about, and
 * after `=` the names that it is limited to. `read`, `write` and `readwrite` stand for several verbs, `events` for the
 * rule that lets somebody report events. Everything in a rule is sorted, as upstream's builder does.
 */
export function parsePolicyTable(table: string): readonly (readonly [name: string, rules: readonly PolicyRule[]])[] {
  const roles: [string, PolicyRule[]][] = [];
  for (const line of table.split('\n')) {
    const text = line.trim();
    if (text === '') continue;
    if (line.startsWith('  ')) roles.at(-1)![1].push(parseRule(text));
    else roles.push([text, []]);
  }
  return roles;
}

const verbSets: Readonly<Record<string, string>> = {
  read: 'get,list,watch',
  write: 'create,delete,deletecollection,patch,update',
  readwrite: 'create,delete,deletecollection,get,list,patch,update,watch',
};

function parseRule(text: string): PolicyRule {
  const line = text === 'events' ? 'create,patch,update core,events.k8s.io events' : text;
  const [subject = '', names] = line.split(' = ');
  const [verbText = '', groupText = '', ...things] = subject.split(' ');
  const verbs = sorted(verbSets[verbText] ?? verbText);
  if (groupText === 'url') return { nonResourceURLs: things.toSorted(), verbs };
  const apiGroups = sorted(groupText).map((group) => (group === 'core' ? '' : group));
  return {
    apiGroups: apiGroups.toSorted(),
    ...(names !== undefined && { resourceNames: names.split(' ').toSorted() }),
    resources: things.toSorted(),
    verbs,
  };
}

function sorted(list: string): string[] {
  return list.split(',').toSorted();
}
