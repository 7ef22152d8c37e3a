import { CircleCheck, CircleX } from 'lucide-react';
import { useStore } from 'zustand';
import type { TracePlace } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';
import { ObjectLink } from '../inspector/parts.tsx';
import { placeText } from '../inspector/place-text.ts';
import { hopText, verdictOf } from './hop-words.ts';
import type { Journey } from './journey-store.ts';
import styles from './requests.module.css';

/** The hops of a request with the numbers that they have on the map, and how it ended. */
export function JourneyText({ journey: { hops, outcome } }: { readonly journey: Journey }) {
  const { clock } = useDrydock();
  const isPaused = useStore(clock, (state) => state.isPaused);
  const verdict = outcome && verdictOf(outcome, hops.at(-1));
  return (
    <div className={styles.journey} aria-live="polite">
      <ol className={styles.hops}>
        {hops.map((hop, at) => (
          <li key={hop.id} data-refused={hop.isRefused || undefined}>
            <b aria-hidden="true">{hop.isRefused ? '✕' : at + 1}</b>
            <p>
              <Place place={hop.from} /> → <Place place={hop.to} />
            </p>
            <p className={styles.what}>{hopText(hop)}</p>
          </li>
        ))}
      </ol>
      {!outcome && (
        <p className={styles.what}>
          {isPaused ? 'Time is paused, and the request with it. Step or play to let it go on.' : 'On its way.'}
        </p>
      )}
      {verdict && (
        <div className={styles.verdict} data-good={verdict.isGood}>
          {verdict.isGood ? <CircleCheck size={16} aria-hidden="true" /> : <CircleX size={16} aria-hidden="true" />}
          <p>
            <strong>{verdict.title}</strong> {verdict.text}
          </p>
        </div>
      )}
      {outcome?.type === 'answer' && outcome.body !== '' && (
        // What scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={styles.body} tabIndex={0} aria-label="The answer">
          {outcome.body}
        </pre>
      )}
    </div>
  );
}

function Place({ place }: { readonly place: TracePlace }) {
  const { type, name } = place;
  if (type !== 'pod' && type !== 'service' && type !== 'node') return <strong>{placeText(place)}</strong>;
  return (
    <ObjectLink target={{ resource: `${type}s`, key: name }}>
      {type} {type === 'node' ? name : name.slice(name.indexOf('/') + 1)}
    </ObjectLink>
  );
}
