import { useStore } from 'zustand';
import { keyOf, type SchedulingDecision, type SchedulingVerdict } from '../../api/index.ts';
import type { Pod } from '../../api/generated/types.ts';
import { useDrydock } from '../drydock.ts';
import { ObjectLink, Section } from '../inspector/parts.tsx';
import { formatDuration } from '../parts/format.ts';
import { adviceOn } from './advice.ts';
import { useDecision } from './use-decision.ts';
import { acceptedBy, refusalsOf, type Refusal } from './verdict-groups.ts';
import styles from './scheduling.module.css';

/** Why a pod has no node, or this one: each node, and the plugin that said no, or how many points it got. */
export function SchedulingSection({ pod }: { readonly pod: Pod }) {
  const decision = useDecision(keyOf(pod));
  if (pod.spec.nodeName) {
    return decision?.outcome === 'scheduled' ? (
      <Section title={`Why it runs on ${pod.spec.nodeName}`}>
        <Verdicts decision={decision} />
      </Section>
    ) : null;
  }
  return (
    <Section title="Why no node takes it">
      {decision ? <Verdicts decision={decision} /> : <Message pod={pod} />}
    </Section>
  );
}

/** What the pod itself says: all there is where the scheduler cannot be asked. */
function Message({ pod }: { readonly pod: Pod }) {
  const condition = pod.status.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  return <p className={styles.muted}>{condition?.message ?? 'The scheduler has not tried yet.'}</p>;
}

function Verdicts({ decision }: { readonly decision: SchedulingDecision }) {
  const { clock } = useDrydock();
  const nowMs = useStore(clock, (state) => Math.floor(state.nowMs / 1_000) * 1_000);
  const accepted = acceptedBy(decision.nodes);
  const refusals = refusalsOf(decision.nodes);
  const count = decision.nodes.length;
  return (
    <>
      <p>
        {accepted.length} of {count} {count === 1 ? 'node' : 'nodes'} can take it.{' '}
        <span className={styles.muted}>
          The scheduler looked {formatDuration(Math.max(0, nowMs - decision.atMs))} ago.
        </span>
      </p>
      <ul className={styles.nodes}>
        {accepted.slice(0, 8).map((verdict) => (
          <Accepted key={verdict.node} verdict={verdict} isChosen={verdict.node === decision.node} />
        ))}
        {accepted.length > 8 && <li className={styles.muted}>and {accepted.length - 8} more that can</li>}
        {refusals.map((refusal) => (
          <Refused key={`${refusal.nodes[0]} ${refusal.plugin}`} refusal={refusal} />
        ))}
      </ul>
      {decision.outcome !== 'scheduled' && decision.node && (
        <p>Pods of lower priority on {decision.node} are being evicted to make room for it.</p>
      )}
    </>
  );
}

function Refused({ refusal: { plugin, reason, nodes } }: { readonly refusal: Refusal }) {
  const [first = ''] = nodes;
  const advice = adviceOn(reason);
  return (
    <li data-refused>
      <p>
        {nodes.length === 1 ? (
          <ObjectLink target={{ resource: 'nodes', key: first }}>{first}</ObjectLink>
        ) : (
          <strong>{nodes.length} nodes</strong>
        )}{' '}
        <strong>{reason.replace(/^node\(s\) /, '')}</strong>
      </p>
      {advice && <p>{advice}</p>}
      <p className={styles.muted}>
        refused by the plugin <code>{plugin}</code>
      </p>
    </li>
  );
}

function Accepted({ verdict, isChosen }: { readonly verdict: SchedulingVerdict; readonly isChosen: boolean }) {
  const { node, scores, total } = verdict;
  return (
    <li data-chosen={isChosen || undefined}>
      <p>
        <ObjectLink target={{ resource: 'nodes', key: node }}>{node}</ObjectLink>{' '}
        {total === undefined ? 'the only one that fits' : <strong>{total} points</strong>}
        {isChosen && <span className={styles.chosen}>chosen</span>}
      </p>
      {scores && (
        <details>
          <summary>Points by plugin</summary>
          <table>
            <tbody>
              {scores.map(({ plugin, weight, normalised }) => (
                <tr key={plugin}>
                  <th scope="row">{plugin}</th>
                  <td>
                    {normalised}
                    {weight !== 1 && ` × ${weight}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </li>
  );
}
