import { expect, it } from 'vitest';
import { adviceOn } from './advice.ts';
import { acceptedBy, refusalsOf } from './verdict-groups.ts';

const refused = (node: string, plugin: string, ...reasons: string[]) => ({ node, refusedBy: { plugin, reasons } });

it('lists few refusals node by node, and gathers many', () => {
  const few = [
    refused('a', 'NodeResourcesFit', 'Insufficient cpu'),
    refused('b', 'NodeResourcesFit', 'Insufficient cpu'),
  ];
  expect(refusalsOf(few).map(({ nodes }) => nodes)).toEqual([['a'], ['b']]);
  const many = Array.from({ length: 20 }, (_, at) =>
    at % 4 === 0
      ? refused(`n${at}`, 'TaintToleration', 'tainted')
      : refused(`n${at}`, 'NodeResourcesFit', 'Insufficient cpu'),
  );
  expect(refusalsOf(many).map(({ plugin, nodes }) => [plugin, nodes.length])).toEqual([
    ['NodeResourcesFit', 15],
    ['TaintToleration', 5],
  ]);
});

it('puts the best node first', () => {
  const verdicts = [{ node: 'a', total: 10 }, refused('b', 'x', 'y'), { node: 'c', total: 30 }];
  expect(acceptedBy(verdicts).map(({ node }) => node)).toEqual(['c', 'a']);
});

it.each([
  ['Insufficient cpu', 'Ask for less'],
  ['node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }', 'kept for the control plane'],
  ['node(s) were unschedulable', 'uncordon'],
  ['something else', ''],
])('has a word on %s', (reason, advice) => {
  expect(adviceOn(reason)).toContain(advice);
});
