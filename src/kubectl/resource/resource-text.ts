import { goQuote } from '../../api/index.ts';
import type { ResourceInfo } from './resource-info.ts';

/** All that is known of a thing, as two lines of a message. Upstream: cli-runtime/pkg/resource Info.String */
export function describeInfo({ mapping, name, namespace }: ResourceInfo): string {
  const { group, version, resource, kind } = mapping;
  const groupVersion = `${group}/${version}`;
  return (
    `Resource: ${goQuote(`${groupVersion}, Resource=${resource}`)}, GroupVersionKind: ${goQuote(`${groupVersion}, Kind=${kind}`)}\n` +
    `Name: ${goQuote(name)}, Namespace: ${goQuote(namespace)}`
  );
}

/** `pods/web` */
export function objectName({ mapping, name }: ResourceInfo): string {
  return `${mapping.resource}/${name}`;
}
