import { canonicalQuantity, parseQuantity } from '../../../api/index.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { JsonObject } from '../../resource/json.ts';
import { draft, generatorCommand } from './generator.ts';

/** Upstream: kubectl/pkg/cmd/create/create_quota.go */
export const createQuota = generatorCommand({
  name: 'quota',
  aliases: ['resourcequota'],
  short: 'Create a quota with the specified name',
  long: 'Create a resource quota with the specified name, hard limits, and optional scopes.',
  examples: `# A quota
kubectl create quota my-quota --hard=cpu=1,memory=1G,pods=2,services=3,replicationcontrollers=2,resourcequotas=1,secrets=5,persistentvolumeclaims=10

# For pods of a scope
kubectl create quota best-effort --hard=pods=100 --scopes=BestEffort`,
  usage: 'quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
  mapping: { group: '', version: 'v1', resource: 'resourcequotas', kind: 'ResourceQuota', isNamespaced: true },
  failure: 'failed to create quota:',
  declareOwn: (flags) => {
    flags.string('hard', 'The limits: resource=quantity, with commas between them.');
    flags.string('scopes', 'Scopes that an object must be in to count, with commas between them.');
  },
  generate: (invocation, name) => {
    const [hardText, scopesText] = [invocation.flags.getString('hard'), invocation.flags.getString('scopes')];
    const hard: JsonObject = {};
    for (const statement of hardText === '' ? [] : hardText.split(',')) {
      const parts = statement.split('=');
      if (parts.length !== 2) {
        throw new CommandError(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
      }
      parseQuantity(parts[1]!);
      hard[parts[0]!] = canonicalQuantity(parts[1]!);
    }
    const scopes = scopesText === '' ? [] : scopesText.split(',');
    if (scopes.includes('')) throw new CommandError('invalid resource quota scope ""');
    return draft('v1', 'ResourceQuota', name, {
      spec: { ...(hardText !== '' && { hard }), ...(scopes.length > 0 && { scopes }) },
      status: {},
    });
  },
});
