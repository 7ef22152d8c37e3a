import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { KubeObject, TraceMessage } from '../../api/index.ts';
import type { Pod } from '../../api/generated/types.ts';
import { useDrydock } from '../drydock.ts';
import { formatElapsed } from '../parts/format.ts';
import type { ObjectRef } from '../stores/selection-store.ts';
import { placeText } from './place-text.ts';
import { SchedulingSection } from '../scheduling/scheduling-section.tsx';
import { Section } from './parts.tsx';
import styles from './inspector.module.css';

/** Why an object is as it is: what led to its latest change and, for a pod without a node, why each node was refused. */
export function Why({ object, target }: { readonly object: KubeObject; readonly target: ObjectRef }) {
  const chain = useChain(object, target);
  return (
    <>
      {object.kind === 'Pod' && <SchedulingSection pod={object as Pod} />}
      <Section title="What led to its latest change">
        {chain === undefined && <p className={styles.muted}>Following the messages back.</p>}
        {chain?.length === 0 && (
          <p className={styles.muted}>
            The messages that led here are no longer kept. Change something, and look again.
          </p>
        )}
        {chain && chain.length > 0 && <Chain messages={chain} />}
      </Section>
    </>
  );
}

function useChain({ metadata }: KubeObject, { resource }: ObjectRef): readonly TraceMessage[] | undefined {
  const { sim } = useDrydock();
  const [chain, setChain] = useState<readonly TraceMessage[]>();
  const { namespace, name, resourceVersion } = metadata;
  useEffect(() => {
    let isCurrent = true;
    sim.why(resource, namespace, name).then(
      (messages) => isCurrent && setChain(messages),
      () => isCurrent && setChain([]),
    );
    return () => {
      isCurrent = false;
    };
    // Asked anew for each version of the object.
  }, [sim, resource, namespace, name, resourceVersion]);
  return chain;
}

function Chain({ messages }: { readonly messages: readonly TraceMessage[] }) {
  const { clock } = useDrydock();
  const startMs = useStore(clock, (state) => state.startMs);
  return (
    <ol className={styles.chain}>
      {messages.map((message) => (
        <li key={message.id} data-kind={message.kind} data-refused={message.isRefused || undefined}>
          <p>
            <strong>{placeText(message.from)}</strong> → <strong>{placeText(message.to)}</strong>
            <span className={styles.muted}> {formatElapsed(message.sentMs - startMs)}</span>
          </p>
          <p>
            {message.verb} {message.subject && <code>{message.subject}</code>}
            {message.isRefused && ' was refused'}
          </p>
          {message.detail && <p className={styles.muted}>{message.detail}</p>}
        </li>
      ))}
    </ol>
  );
}
