import type { ConfigMap, Node, Secret } from '../../api/generated/types.ts';
import { missing, pattern, unquote, type CheckForm, type Words } from './check.ts';

const namespaceOf = (words: Words) => words['namespace'] ?? 'default';

export const configMapHolds: CheckForm = {
  example: 'config map settings [in shop] holds COLOR = "blue"',
  pattern: pattern('config map <name> [in <namespace>] holds <key:path> = <text>'),
  async evaluate(words, client) {
    const key = words['key']!;
    const wanted = `${key} = ${words['text']}`;
    const namespace = namespaceOf(words);
    const configMap = await client.get<ConfigMap>(
      { apiVersion: 'v1', resource: 'configmaps' },
      namespace,
      words['name']!,
    );
    if (!configMap) return missing(wanted, `config map ${words['name']} in namespace ${namespace}`);
    const value = configMap.data?.[key];
    const keys = Object.keys(configMap.data ?? {}).join(', ') || 'none';
    return {
      passed: value?.trim() === unquote(words['text']!),
      wanted,
      found: value === undefined ? `no key ${key}; its keys: ${keys}` : `${key} = "${value}"`,
    };
  },
};

export const secretHoldsKey: CheckForm = {
  example: 'secret login [in shop] holds the key password',
  pattern: pattern('secret <name> [in <namespace>] holds the key <key:path>'),
  async evaluate(words, client) {
    const wanted = `a key ${words['key']}`;
    const namespace = namespaceOf(words);
    const secret = await client.get<Secret>({ apiVersion: 'v1', resource: 'secrets' }, namespace, words['name']!);
    if (!secret) return missing(wanted, `secret ${words['name']} in namespace ${namespace}`);
    const keys = Object.keys(secret.data ?? {});
    return { passed: keys.includes(words['key']!), wanted, found: `its keys: ${keys.join(', ') || 'none'}` };
  },
};

export const nodeIsReady: CheckForm = {
  example: 'node node-1 is [not] ready',
  pattern: /^node\s+(?<name>[a-z0-9][a-z0-9.-]*)\s+is\s+(?<not>not\s+)?ready$/,
  async evaluate(words, client) {
    const wantsReady = !words['not'];
    const wanted = `node ${words['name']} is ${wantsReady ? 'Ready' : 'not Ready'}`;
    const node = await client.get<Node>({ apiVersion: 'v1', resource: 'nodes' }, undefined, words['name']!);
    if (!node) return missing(wanted, `node ${words['name']}`);
    const condition = (node.status.conditions ?? []).find(({ type }) => type === 'Ready');
    const passed = (condition?.status === 'True') === wantsReady;
    return {
      passed,
      wanted,
      found: `Ready is ${condition?.status ?? 'not reported'}${condition?.reason ? ` (${condition.reason})` : ''}`,
    };
  },
};
