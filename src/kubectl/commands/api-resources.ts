import type { Command } from '../command/command.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { TabWriter } from '../go/tab-writer.ts';
import { noPrinter } from '../printers/print-flags.ts';
import { JsonPrinter, YamlPrinter } from '../printers/structured-printers.ts';
import type { JsonObject } from '../resource/json.ts';
import { joinVersion, type ApiResource, type Discovery } from '../rest/discovery.ts';
import { goStrings } from './go-strings.ts';

const formats = ['json', 'yaml', 'wide', 'name'];

/** Upstream: kubectl/pkg/cmd/apiresources/apiresources.go */
export const apiResourcesCommand: Command = {
  name: 'api-resources',
  short: 'Print the supported API resources on the server',
  examples: `# The resources that the server supports
kubectl api-resources

# The same with verbs and categories
kubectl api-resources -o wide

# Sorted by name
kubectl api-resources --sort-by=name

# Those that live in namespaces
kubectl api-resources --namespaced=true

# Those that do not
kubectl api-resources --namespaced=false

# Those of one group
kubectl api-resources --api-group=rbac.authorization.k8s.io`,
  declare(flags) {
    flags.string('api-group', 'Only resources of this API group.');
    flags.bool('cached', 'Use what is known from earlier, if anything is.');
    flags.stringSlice('categories', 'Only resources that belong to all of these categories.');
    flags.bool('namespaced', 'With false, resources that do not live in namespaces; with true, those that do.', {
      initial: true,
    });
    flags.bool('no-headers', 'Print no headers in the default and wide formats.');
    flags.string('output', `Output format. One of: (${formats.join(', ')}).`, { short: 'o' });
    flags.string('sort-by', "Sort by 'name' or 'kind'.");
    flags.stringSlice('verbs', 'Only resources that support all of these verbs.');
  },
  run: printResources,
};

async function printResources(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  if (invocation.arguments.length > 0)
    throw invocation.usageError(`unexpected arguments: ${goStrings(invocation.arguments)}`);
  const format = flags.getString('output');
  if (format !== '' && !formats.includes(format)) throw noPrinter(format, formats.toSorted().join(','));
  const sortBy = flags.getString('sort-by');
  if (!['', 'name', 'kind'].includes(sortBy)) throw new CommandError('--sort-by accepts only name or kind');
  if (!flags.getBool('cached')) invocation.forgetDiscovery();
  const resources = sorted(preferred(await invocation.discovery()).filter(wantedBy(invocation)), sortBy);
  if (format === 'json' || format === 'yaml') return printList(invocation, resources, format);
  const writer = new TabWriter((text) => invocation.print(text));
  const isWide = format === 'wide';
  if (format !== 'name' && !flags.getBool('no-headers')) {
    writer.write(`NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND${isWide ? '\tVERBS\tCATEGORIES' : ''}\n`);
  }
  for (const resource of resources) writer.write(`${format === 'name' ? fullName(resource) : row(resource, isWide)}\n`);
  writer.flush();
}

/** One version of each resource: that of the group's preference, or the first that has it. */
function preferred({ groups, resources }: Discovery): readonly ApiResource[] {
  return groups.flatMap((group) => {
    const own = resources.filter(
      (each) => each.group === group.name && !each.name.includes('/') && each.verbs.length > 0,
    );
    const names = new Set<string>();
    return [group.preferred, ...group.versions].flatMap((groupVersion) =>
      own.filter((each) => {
        if (joinVersion(each.group, each.version) !== groupVersion || names.has(each.name)) return false;
        names.add(each.name);
        return true;
      }),
    );
  });
}

function wantedBy({ flags }: Invocation): (resource: ApiResource) => boolean {
  const includesAll = (list: readonly string[], wanted: readonly string[]) =>
    wanted.every((item) => list.includes(item));
  return (resource) =>
    (!flags.isChanged('api-group') || resource.group === flags.getString('api-group')) &&
    (!flags.isChanged('namespaced') || resource.isNamespaced === flags.getBool('namespaced')) &&
    includesAll(resource.verbs, flags.getStrings('verbs')) &&
    includesAll(resource.categories, flags.getStrings('categories'));
}

function sorted(resources: readonly ApiResource[], sortBy: string): readonly ApiResource[] {
  const key = (resource: ApiResource) =>
    sortBy === 'name' ? resource.name : sortBy === 'kind' ? resource.kind : resource.group;
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return resources.toSorted((a, b) => compare(key(a), key(b)) || compare(a.name, b.name));
}

function fullName({ name, group }: ApiResource): string {
  return group === '' ? name : `${name}.${group}`;
}

function row(resource: ApiResource, isWide: boolean): string {
  const { name, shortNames, group, version, isNamespaced, kind, verbs, categories } = resource;
  const cells = [name, shortNames.join(','), joinVersion(group, version), isNamespaced, kind];
  return [...cells, ...(isWide ? [verbs.join(','), categories.join(',')] : [])].join('\t');
}

function printList(invocation: Invocation, resources: readonly ApiResource[], format: string): void {
  const list: JsonObject = {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: '',
    resources: resources.map(
      ({ name, singularName, isNamespaced, group, version, kind, verbs, shortNames, categories }) => ({
        name,
        singularName,
        namespaced: isNamespaced,
        ...(group && { group }),
        version,
        kind,
        verbs: [...verbs],
        ...(shortNames.length > 0 && { shortNames: [...shortNames] }),
        ...(categories.length > 0 && { categories: [...categories] }),
      }),
    ),
  };
  invocation.print((format === 'json' ? new JsonPrinter(true) : new YamlPrinter()).print(list));
}
