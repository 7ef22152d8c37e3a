import { useState } from 'react';
import { useStore } from 'zustand';
import { splitKey, type KubeObject } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';
import { formatDuration } from '../parts/format.ts';
import { Tabs } from '../parts/tabs.tsx';
import { ageMs, type ObjectRef } from '../stores/selection-store.ts';
import { StateIcon } from '../topology/state-icon.tsx';
import { Events } from './events.tsx';
import { situationOfObject } from './object-situation.ts';
import { Relations } from './relations.tsx';
import { Summary } from './summary.tsx';
import { useObject } from './use-object.ts';
import { Why } from './why.tsx';
import { YamlView } from './yaml-view.tsx';
import styles from './inspector.module.css';

const tabs = [
  { id: 'summary', title: 'Summary' },
  { id: 'events', title: 'Events' },
  { id: 'why', title: 'Why' },
  { id: 'relations', title: 'Relations' },
  { id: 'yaml', title: 'YAML' },
] as const;

export type InspectorTab = (typeof tabs)[number]['id'];

/** What there is to know about the selected object. */
export function Inspected({ target }: { readonly target: ObjectRef }) {
  const { object, isGone } = useObject(target);
  const [tab, setTab] = useState<InspectorTab>('summary');
  if (!object) {
    return (
      <div className={styles.nothing}>
        <p>{isGone ? `${target.key} is not there.` : 'Looking it up.'}</p>
      </div>
    );
  }
  return (
    <div className={styles.inspector}>
      <Head object={object} isGone={isGone} />
      <div className={styles.tabs}>
        <Tabs label="About this object" idPrefix="inspector" tabs={tabs} selected={tab} onSelect={setTab} />
      </div>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div
        className={styles.body}
        role="tabpanel"
        id="inspector-panel"
        aria-labelledby={`inspector-tab-${tab}`}
        tabIndex={0}
      >
        {tab === 'summary' && <Summary object={object} />}
        {tab === 'events' && <Events object={object} />}
        {tab === 'why' && <Why object={object} target={target} />}
        {tab === 'relations' && <Relations object={object} target={target} />}
        {tab === 'yaml' && <YamlView object={object} />}
      </div>
    </div>
  );
}

function Head({ object, isGone }: { readonly object: KubeObject; readonly isGone: boolean }) {
  const { clock } = useDrydock();
  // Whole seconds: an age needs no more.
  const nowMs = useStore(clock, (state) => Math.floor(state.nowMs / 1000) * 1000);
  const situation = situationOfObject(object);
  const { namespace } = splitKey(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
  return (
    <div className={styles.head}>
      <h3 className={styles.name}>{object.metadata.name}</h3>
      <p className={styles.sub}>
        {situation && (
          <span
            className={styles.badge}
            data-state={situation.state}
            style={{ color: `var(--state-${situation.state})`, background: `var(--state-${situation.state}-soft)` }}
          >
            <StateIcon state={situation.state} size={12} />
            {situation.text}
          </span>
        )}
        {isGone && <span className={styles.badge}>Deleted</span>}
        <span>{namespace ? `in ${namespace}` : 'cluster-wide'}</span>
        <span>{formatDuration(ageMs(object, nowMs))} old</span>
      </p>
    </div>
  );
}
