import type { Invocation } from '../command/invocation.ts';
import { objectsAt, stringAt } from '../resource/json.ts';

const namesOnly = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json';

/** The names of all objects of a type, in the namespace of the command line. */
export async function namesOf(invocation: Invocation, type: string): Promise<readonly string[]> {
  const mapping = await invocation.mappingFor(type);
  const resource = await invocation.resource(mapping);
  const namespace = mapping.isNamespaced ? await invocation.namespace() : '';
  const list = await resource.list(namespace, {}, namesOnly);
  return objectsAt(list, 'items').map((item) => stringAt(item, 'metadata', 'name'));
}

/** The containers of a pod; a pod of a workload is not looked for. */
export async function containersOf(invocation: Invocation, pod: string): Promise<readonly string[]> {
  const [type, name] = pod.includes('/') ? pod.split('/', 2) : ['pods', pod];
  const resource = await invocation.resource(await invocation.mappingFor(type!));
  const object = await resource.get(await invocation.namespace(), name!);
  return ['initContainers', 'containers']
    .flatMap((list) => objectsAt(object, 'spec', list))
    .map((container) => stringAt(container, 'name'));
}

export async function entriesOfKubeconfig(
  invocation: Invocation,
  list: 'contexts' | 'clusters' | 'users',
): Promise<readonly string[]> {
  const config = await invocation.kubeconfig();
  return [...config[list].keys()].sort();
}

/** The types that can be got, as `kubectl api-resources -o name` names them. */
export async function typeNames(invocation: Invocation): Promise<readonly string[]> {
  const { resources, groups } = await invocation.discovery();
  const preferred = new Set(groups.map((group) => group.preferred));
  return resources
    .filter(({ group, version, name, verbs }) => {
      const isPreferred = preferred.has(group === '' ? version : `${group}/${version}`);
      return isPreferred && verbs.includes('get') && !name.includes('/');
    })
    .map(({ group, name }) => (group === '' ? name : `${name}.${group}`))
    .sort();
}
