import type { Invocation } from '../command/invocation.ts';
import type { Flag } from '../flags/flag.ts';
import { containersOf, entriesOfKubeconfig, namesOf } from './names.ts';

/** Flags whose value is a file. */
export const fileFlags: ReadonlySet<string> = new Set([
  'filename',
  'kustomize',
  'from-file',
  'from-env-file',
  'cert',
  'key',
  'kubeconfig',
  'patch-file',
  'certificate-authority',
  'client-certificate',
  'client-key',
]);

const dryRuns = ['none', 'server', 'client'];
const outputs = ['json', 'yaml', 'kyaml', 'name', 'go-template', 'go-template-file', 'template', 'templatefile'];
const moreOutputs = ['jsonpath', 'jsonpath-as-json', 'jsonpath-file'];
const getOutputs = ['custom-columns', 'custom-columns-file', 'wide'];

const fixedValues: Readonly<Record<string, readonly string[]>> = {
  'dry-run': dryRuns,
  cascade: ['background', 'orphan', 'foreground'],
  validate: ['strict', 'warn', 'ignore'],
  restart: ['Always', 'OnFailure', 'Never'],
  type: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
};

/** What the value of a flag could be. */
export async function completeFlagValue(invocation: Invocation, flag: Flag, word: string): Promise<readonly string[]> {
  const values = await valuesOf(invocation, flag);
  return values.filter((value) => value.startsWith(word));
}

async function valuesOf(invocation: Invocation, { name }: Flag): Promise<readonly string[]> {
  const [command] = invocation.chain.slice(1);
  switch (name) {
    case 'namespace':
      return namesOf(invocation, 'namespaces');
    case 'context':
      return entriesOfKubeconfig(invocation, 'contexts');
    case 'cluster':
      return entriesOfKubeconfig(invocation, 'clusters');
    case 'user':
      return entriesOfKubeconfig(invocation, 'users');
    case 'container':
      return invocation.arguments[0] === undefined ? [] : containersOf(invocation, invocation.arguments[0]);
    case 'output':
      return command?.name === 'get' ? [...outputs, ...moreOutputs, ...getOutputs] : [...outputs, ...moreOutputs];
    default:
      return fixedValues[name] ?? [];
  }
}
