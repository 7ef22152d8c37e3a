import fc from 'fast-check';
import { expect, it } from 'vitest';
import { queryFromLabels } from '../../api/selectors/label-selector.ts';
import { matchesQuery } from './match-index.ts';
import type { PodQuery } from './match-index.ts';
import { testView } from './testing/test-view.ts';

const query: PodQuery = {
  key: 'web',
  namespaces: new Set(['default']),
  selector: queryFromLabels({ app: 'web' }),
  countsTerminating: false,
};

it('[SCH-40] equals counting again, whatever comes and goes', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ app: fc.constantFrom('web', 'api'), node: fc.integer({ min: 1, max: 3 }), leaves: fc.boolean() }),
      ),
      fc.nat(),
      (arrivals, askedAfter) => {
        const { cluster, pod } = testView([1, 2, 3].map((n) => ({ name: `node-${n}`, placed: [] })));
        arrivals.forEach(({ app, node, leaves }, at) => {
          if (at === askedAfter % (arrivals.length + 1)) cluster.countsOf(query);
          const info = pod({}, { app });
          cluster.place(info, `node-${node}`);
          if (leaves) cluster.unplace(info.key);
        });
        for (const node of cluster.nodes) {
          const again = [...node.pods.values()].filter((info) => matchesQuery(query, info)).length;
          expect(cluster.countsOf(query).get(node.name) ?? 0).toBe(again);
          expect(node.requested.milliCpu).toBe(0);
        }
      },
    ),
  ));
